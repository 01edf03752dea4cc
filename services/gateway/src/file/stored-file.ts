import type { Aggregate, Decision } from '@saleswright/kernel'

/** An uploaded file; its bytes lie elsewhere, under its id. */
export type StoredFile = Aggregate & {
  readonly name: string
  readonly contentType: string
  readonly size: number
  /** Hex. */
  readonly sha256: string
  readonly uploadedAt: Date
}

type Upload = Omit<StoredFile, 'version' | 'companyId' | 'ownerId'>

/** A file is its uploader's. Nobody else has to hear of it: whoever refers to it tells that. */
export const register = (upload: Upload, companyId: string, ownerId: string): Decision<StoredFile>['next'] => ({
  ...upload,
  companyId,
  ownerId,
  version: 0,
})
