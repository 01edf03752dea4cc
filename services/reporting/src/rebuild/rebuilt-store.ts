import type { Aggregate } from '@saleswright/kernel'
import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'

/** What came of a rebuild, kept for those who ask again with the same key. */
export type Rebuilt = Aggregate & {
  readonly events: number
  readonly digest: string
  readonly previousDigest: string
}

const outcome = ({ events, digest, previousDigest }: Fields<Rebuilt>): Fields<Rebuilt> => ({
  events,
  digest,
  previousDigest,
})

export const rebuiltMapping: Mapping<Rebuilt, Fields<Rebuilt>> = {
  name: 'rebuild',
  collection: 'rebuilds',
  schema: new Schema(
    { events: Number, digest: String, previousDigest: String },
    { strict: 'throw', versionKey: false },
  ),
  version: 1,
  document: outcome,
  record: outcome,
  reaches: [],
}
