import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef, indexSearchKeys } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type SearchedMapping, searched } from '../search.ts'
import type { Position } from './position.ts'

const schema = new Schema(
  {
    title: { type: String, required: true },
    roleIds: { type: [String], required: true },
    reportsToId: String,
    searchKeys: { type: [String], required: true },
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index({ companyId: 1, title: 1 }, { name: 'title', unique: true })
schema.index({ companyId: 1, roleIds: 1 })
indexSearchKeys(schema)
indexExternalRef(schema)

export const positionMapping: SearchedMapping<Position> = {
  ...searched<Position>(({ title }) => title),
  name: 'position',
  collection: 'positions',
  schema,
  version: 1,
  orders: { title: 'title' },
  uniques: { title: 'position_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
