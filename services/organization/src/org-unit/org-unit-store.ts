import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef, indexSearchKeys } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type SearchedMapping, searched } from '../search.ts'
import type { OrgUnit } from './org-unit.ts'

const schema = new Schema(
  {
    name: { type: String, required: true },
    kind: { type: String, required: true },
    parentId: String,
    purpose: String,
    searchKeys: { type: [String], required: true },
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index(
  { companyId: 1, parentId: 1, name: 1 },
  { name: 'sibling_name', unique: true, partialFilterExpression: { parentId: { $exists: true } } },
)
indexSearchKeys(schema)
indexExternalRef(schema)

export const orgUnitMapping: SearchedMapping<OrgUnit> = {
  ...searched<OrgUnit>(({ name, purpose = '' }) => `${name} ${purpose}`),
  name: 'org_unit',
  collection: 'org_units',
  schema,
  version: 1,
  orders: { name: 'name' },
  uniques: { sibling_name: 'org_unit_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: ['team', 'subtree'],
}
