import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Company } from './company.ts'

const schema = new Schema(
  {
    name: { type: String, required: true },
    currency: { type: String, required: true },
    timeZone: { type: String, required: true },
    rootUnitId: { type: String, required: true },
    parentId: String,
    first: Boolean,
  },
  { _id: false },
)
// Two parallel setups: the second one finds this taken.
schema.index({ first: 1 }, { name: 'first', unique: true, partialFilterExpression: { first: true } })

export const companyMapping: PlainMapping<Company> = {
  ...plain<Company>(),
  name: 'company',
  collection: 'companies',
  schema,
  version: 1,
  uniques: { first: 'setup_done' },
  reaches: [],
}
