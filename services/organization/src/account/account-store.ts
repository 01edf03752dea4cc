import { type PlainMapping, plain } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Account } from './account.ts'

const schema = new Schema(
  {
    personId: { type: String, required: true },
    accountName: { type: String, required: true },
    passwordHash: String,
    email: { type: { _id: false, ct: String, keyId: String } },
    setups: Number,
    setupUntil: Date,
    closed: Boolean,
    revokedAt: Date,
  },
  { _id: false },
)
schema.index({ accountName: 1 }, { name: 'account_name', unique: true })

export const accountMapping: PlainMapping<Account> = {
  ...plain<Account>(),
  name: 'account',
  collection: 'accounts',
  schema,
  version: 1,
  uniques: { account_name: 'account_name_taken' },
  sensitive: ['accountName', 'passwordHash', 'email'],
  reaches: [],
}
