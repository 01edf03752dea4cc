import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import { type StoredShare, sharesFrom, storedShares } from '../exact-fields.ts'
import type { CommissionLine } from './commission-line.ts'

type LineDocument = Omit<Fields<CommissionLine>, 'basis' | 'amount' | 'shares'> & {
  readonly basis: number
  readonly amount: number
  readonly shares: readonly StoredShare[]
}

const schema = new Schema(
  {
    kind: String,
    allocationId: String,
    statementId: String,
    period: { type: String, required: true },
    earnedPeriod: String,
    planId: String,
    orderId: String,
    orderNo: String,
    paymentId: String,
    paymentNo: String,
    allocatedOn: { type: String, required: true },
    currency: String,
    basis: Number,
    amount: { type: Number, required: true },
    shares: Array,
    correctsId: String,
    accruedAt: Date,
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, period: 1, _id: -1 })
schema.index({ companyId: 1, orderId: 1 })
schema.index({ companyId: 1, paymentId: 1 })

export const commissionLineMapping: Mapping<CommissionLine, LineDocument> = {
  name: 'commission_line',
  collection: 'commission_lines',
  schema,
  version: 1,
  document: (line) => ({
    ...ownFields(line),
    basis: exact(line.basis),
    amount: exact(line.amount),
    shares: storedShares(line.shares),
  }),
  record: (document) => ({
    ...ownFields(document),
    basis: BigInt(document.basis),
    amount: BigInt(document.amount),
    shares: sharesFrom(document.shares),
  }),
  orders: { allocatedOn: 'allocatedOn', amount: 'amount', period: 'period' },
  reaches: ['self', 'team', 'subtree'],
}
