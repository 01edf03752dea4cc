import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  minorOf,
  moneyIn,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Allocation, Payment } from './payment.ts'

type Amounts = 'amount' | 'applied' | 'reversed'
type AllocationDocument = Omit<Allocation, Amounts> & Record<Amounts, number>
type PaymentDocument = Omit<Fields<Payment>, 'amount' | 'allocations' | 'refunded'> & {
  currency: string
  amount: number
  refunded: number
  allocations: readonly AllocationDocument[]
}

const schema = new Schema({
  paymentNo: String,
  status: { type: String, required: true },
  customerId: String,
  method: String,
  currency: String,
  amount: Number,
  refunded: Number,
  allocations: Array,
  receivedOn: { type: String, required: true },
  recordedBy: String,
  recordedFor: String,
  confirmedBy: String,
  confirmedOn: String,
  withdrawReason: String,
  slipFileId: String,
  externalRef: EXTERNAL_REF_FIELD,
})
schema.index({ companyId: 1, paymentNo: 1 }, { name: 'payment_no', unique: true })
schema.index({ companyId: 1, customerId: 1, _id: -1 })
schema.index({ companyId: 1, 'allocations.orderId': 1 })
indexExternalRef(schema)

export const paymentMapping: Mapping<Payment, PaymentDocument> = {
  name: 'payment',
  collection: 'payments',
  schema,
  version: 1,
  document: (payment) => ({
    ...ownFields(payment),
    currency: payment.amount.currency,
    amount: minorOf(payment.amount),
    refunded: minorOf(payment.refunded),
    allocations: payment.allocations.map((one) => ({
      ...one,
      amount: minorOf(one.amount),
      applied: minorOf(one.applied),
      reversed: minorOf(one.reversed),
    })),
  }),
  record: ({ currency, ...document }) => {
    const money = moneyIn(currency)
    return {
      ...ownFields(document),
      amount: money(document.amount),
      refunded: money(document.refunded),
      allocations: document.allocations.map((one) => ({
        ...one,
        amount: money(one.amount),
        applied: money(one.applied),
        reversed: money(one.reversed),
      })),
    }
  },
  orders: { receivedOn: 'receivedOn', paymentNo: 'paymentNo' },
  uniques: EXTERNAL_REF_UNIQUE,
  generated: ['payment_no'],
}
