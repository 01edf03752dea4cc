import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Policy } from './policy.ts'

const schema = new Schema({ context: String, name: { type: String, required: true }, versions: Array })

export const policyMapping: PlainMapping<Policy> = {
  ...plain<Policy>(),
  name: 'policy',
  collection: 'policies',
  schema,
  version: 1,
  orders: { name: 'name' },
  listed: 'name',
  reaches: [],
}
