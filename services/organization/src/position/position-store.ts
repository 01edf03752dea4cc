import { Schema } from 'mongoose'
import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef } from '../external-ref.ts'
import { type PlainMapping, plain } from '../plain.ts'
import type { Position } from './position.ts'

const schema = new Schema(
  {
    title: { type: String, required: true },
    roleIds: { type: [String], required: true },
    headcount: Number,
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index({ companyId: 1, title: 1 }, { name: 'title', unique: true })
schema.index({ companyId: 1, roleIds: 1 })
indexExternalRef(schema)

export const positionMapping: PlainMapping<Position> = {
  ...plain<Position>(),
  name: 'position',
  collection: 'positions',
  schema,
  version: 1,
  orders: { title: 'title' },
  uniques: { title: 'position_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
