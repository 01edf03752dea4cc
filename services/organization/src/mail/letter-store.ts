import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Letter } from './letter.ts'

const schema = new Schema(
  {
    kind: { type: String, required: true },
    personId: { type: String, required: true },
    at: { type: Date, required: true },
    email: { type: { _id: false, ct: String, keyId: String }, required: true },
    number: Number,
    attempts: { type: Number, required: true },
    dueAt: Date,
    forgetAt: { type: Date, required: true },
  },
  { _id: false },
)
schema.index({ dueAt: 1 }, { sparse: true })
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 })

export const letterMapping: PlainMapping<Letter> = {
  ...plain<Letter>(),
  name: 'letter',
  collection: 'letters',
  schema,
  version: 1,
  sensitive: ['email'],
  reaches: [],
}
