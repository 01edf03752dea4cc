import type { Aggregate, Decision } from '@saleswright/kernel'

/** `fresh`: nobody refers to it yet. `claimed`: somebody does, for good. `going`: nobody did in time, and its bytes are being deleted. */
type Use = 'fresh' | 'claimed' | 'going'

/** An uploaded file; its bytes lie elsewhere, under its id. */
export type StoredFile = Aggregate & {
  readonly name: string
  readonly contentType: string
  readonly size: number
  /** Hex. */
  readonly sha256: string
  readonly uploadedAt: Date
  readonly use: Use
  /** The one document that it serves, once it is claimed. */
  readonly claimedBy?: string
}

type Upload = Omit<StoredFile, 'version' | 'companyId' | 'ownerId' | 'use'>

/** A file is its uploader's. Nobody else has to hear of it: whoever refers to it tells that. */
export const register = (upload: Upload, companyId: string, ownerId: string): Decision<StoredFile>['next'] => ({
  ...upload,
  companyId,
  ownerId,
  version: 0,
  use: 'fresh',
})
