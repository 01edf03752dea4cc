import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Delegation } from './delegation.ts'

const schema = new Schema(
  {
    fromPersonId: { type: String, required: true },
    toPersonId: { type: String, required: true },
    deputizes: Boolean,
    classes: { type: [String], required: true },
    from: { type: String, required: true },
    until: { type: String, required: true },
  },
  { _id: false },
)
schema.index({ companyId: 1, toPersonId: 1 })
schema.index({ companyId: 1, fromPersonId: 1 })

export const delegationMapping: PlainMapping<Delegation> = {
  ...plain<Delegation>(),
  name: 'delegation',
  collection: 'delegations',
  schema,
  version: 1,
  orders: { from: 'from' },
  reaches: ['self', 'team', 'subtree'],
}
