import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef, type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Role } from './role.ts'

const schema = new Schema(
  {
    name: { type: String, required: true },
    grants: { type: [String], required: true },
    builtIn: Boolean,
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index({ companyId: 1, name: 1 }, { name: 'role_name', unique: true })
indexExternalRef(schema)

export const roleMapping: PlainMapping<Role> = {
  ...plain<Role>(),
  name: 'role',
  collection: 'roles',
  schema,
  version: 1,
  orders: { name: 'name' },
  uniques: { role_name: 'role_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
