import type { Aggregate } from '@saleswright/kernel'
import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'

/** Up to where the log of a service is known to be in the rows, so that a restart does not look at all of it again. */
export type LogPlace = Aggregate & { readonly position: number }

export const logPlaceMapping: Mapping<LogPlace, Fields<LogPlace>> = {
  name: 'log_place',
  collection: 'log_places',
  schema: new Schema({ position: Number }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ position }) => ({ position }),
  record: ({ position }) => ({ position }),
  reaches: [],
}
