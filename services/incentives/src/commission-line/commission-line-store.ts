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
    allocationId: { type: String, required: true },
    statementId: String,
    period: { type: String, required: true },
    earnedPeriod: String,
    planId: String,
    orderId: String,
    orderNo: String,
    paymentId: String,
    paymentNo: { type: String, required: true },
    allocatedOn: { type: String, required: true },
    currency: String,
    basis: Number,
    amount: { type: Number, required: true },
    shares: Array,
    correctsId: String,
    accruedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, period: 1, allocatedOn: -1, paymentNo: -1, allocationId: -1, accruedAt: -1, _id: -1 })
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
  orders: {
    // As lines are rated (decisions 28), and what corrects one behind it.
    allocatedOn: ['allocatedOn', 'paymentNo', 'allocationId', 'accruedAt'],
    amount: 'amount',
    period: 'period',
  },
  listed: '-allocatedOn',
  reaches: ['self', 'team', 'subtree'],
}
