import { type Aggregate, derivedId } from '@saleswright/kernel'
import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'

/** What all publications of a year write, so that two at one moment do not both add up to what neither of them has seen. */
export type TargetYear = Aggregate & { readonly publications: number }

export const targetYearId = (companyId: string, year: string): string => derivedId('target-year', companyId, year)

export const targetYearMapping: Mapping<TargetYear, Fields<TargetYear>> = {
  name: 'target_year',
  collection: 'target_years',
  schema: new Schema({ publications: Number }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ publications }) => ({ publications }),
  record: ({ publications }) => ({ publications }),
  reaches: [],
}
