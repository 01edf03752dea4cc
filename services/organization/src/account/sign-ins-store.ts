import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { SignIns } from './sign-ins.ts'

const schema = new Schema(
  { personId: String, failures: { type: Number, required: true }, lockedUntil: Date },
  { _id: false },
)

export const signInsMapping: PlainMapping<SignIns> = {
  ...plain<SignIns>(),
  name: 'sign_ins',
  collection: 'sign_ins',
  schema,
  version: 1,
  reaches: [],
}
