import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Statement } from './statement.ts'

type StatementDocument = Omit<Fields<Statement>, 'basis' | 'amount'> & {
  readonly basis: number
  readonly amount: number
}

const schema = new Schema(
  {
    period: { type: String, required: true },
    currency: String,
    status: String,
    basis: Number,
    amount: { type: Number, required: true },
    lines: Number,
    placedOn: String,
  },
  { strict: 'throw', versionKey: false },
)
export const statementMapping: Mapping<Statement, StatementDocument> = {
  name: 'statement',
  collection: 'statements',
  schema,
  version: 1,
  document: (statement) => ({
    ...ownFields(statement),
    basis: exact(statement.basis),
    amount: exact(statement.amount),
  }),
  record: (document) => ({
    ...ownFields(document),
    basis: BigInt(document.basis),
    amount: BigInt(document.amount),
  }),
  orders: { period: 'period', amount: 'amount' },
  listed: '-period',
  reaches: ['self', 'team', 'subtree'],
}
