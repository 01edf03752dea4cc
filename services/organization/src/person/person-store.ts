import { EXTERNAL_REF_FIELD, EXTERNAL_REF_UNIQUE, indexExternalRef, indexSearchKeys } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type SearchedMapping, searched } from '../search.ts'
import type { Person } from './person.ts'

const assignment = {
  _id: false,
  orgUnitId: String,
  positionId: String,
  managerId: String,
  from: String,
  until: String,
}

const schema = new Schema(
  {
    displayName: { type: String, required: true },
    status: { type: String, required: true },
    assignments: { type: [assignment], required: true },
    roleIds: { type: [String], required: true },
    accountName: String,
    searchKeys: { type: [String], required: true },
    externalRef: EXTERNAL_REF_FIELD,
  },
  { _id: false },
)
schema.index({ companyId: 1, 'assignments.positionId': 1 })
schema.index({ companyId: 1, 'assignments.orgUnitId': 1 })
schema.index({ companyId: 1, roleIds: 1 })
indexSearchKeys(schema)
indexExternalRef(schema)

export const personMapping: SearchedMapping<Person> = {
  ...searched<Person>(({ displayName }) => displayName),
  name: 'person',
  collection: 'people',
  schema,
  version: 1,
  orders: { displayName: 'displayName' },
  uniques: EXTERNAL_REF_UNIQUE,
  sensitive: ['displayName', 'accountName', 'searchKeys'],
  reaches: ['self', 'team', 'subtree'],
}
