import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { SigningKey } from './signing-key.ts'

const schema = new Schema(
  {
    kid: { type: String, required: true },
    x: { type: String, required: true },
    sealed: { type: { _id: false, ct: String, keyId: String }, required: true },
    signsFrom: { type: Date, required: true },
  },
  { _id: false },
)

export const signingKeyMapping: PlainMapping<SigningKey> = {
  ...plain<SigningKey>(),
  name: 'signing_key',
  collection: 'signing_keys',
  schema,
  version: 1,
  sensitive: ['sealed'],
  reaches: [],
}
