import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { minorOf, moneyIn } from '../exact-fields.ts'
import { EXTERNAL_REF_INDEX, EXTERNAL_REF_TAKEN } from '../external-ref.ts'
import { pick } from '../pick.ts'
import type { Allocation, Payment } from './payment.ts'

type Amounts = 'amount' | 'reversed' | 'refunded'
type AllocationDocument = Omit<Allocation, Amounts> & Record<Amounts, number>
type PaymentDocument = Omit<Fields<Payment>, 'amount' | 'allocations'> & {
  currency: string
  amount: number
  allocations: readonly AllocationDocument[]
}

const schema = new Schema({
  paymentNo: String,
  status: { type: String, required: true },
  customerId: String,
  method: String,
  currency: String,
  amount: Number,
  allocations: Array,
  receivedOn: { type: String, required: true },
  recordedBy: String,
  recordedFor: String,
  confirmedBy: String,
  confirmedOn: String,
  slipFileId: String,
  externalRef: Object,
})
schema.index({ companyId: 1, paymentNo: 1 }, { name: 'payment_no', unique: true })
schema.index({ companyId: 1, customerId: 1, _id: -1 })
schema.index({ companyId: 1, 'allocations.orderId': 1 })
schema.index(...EXTERNAL_REF_INDEX)

const PLAIN = [
  'paymentNo',
  'status',
  'customerId',
  'method',
  'receivedOn',
  'recordedBy',
  'recordedFor',
  'confirmedBy',
  'confirmedOn',
  'slipFileId',
  'externalRef',
] as const satisfies readonly (keyof Payment)[]

export const paymentMapping: Mapping<Payment, PaymentDocument> = {
  name: 'payment',
  collection: 'payments',
  schema,
  version: 1,
  document: (payment) => ({
    ...pick(payment, PLAIN),
    currency: payment.amount.currency,
    amount: minorOf(payment.amount),
    allocations: payment.allocations.map((one) => ({
      ...one,
      amount: minorOf(one.amount),
      reversed: minorOf(one.reversed),
      refunded: minorOf(one.refunded),
    })),
  }),
  record: (document) => {
    const money = moneyIn(document.currency)
    return {
      ...pick(document, PLAIN),
      amount: money(document.amount),
      allocations: document.allocations.map((one) => ({
        ...one,
        amount: money(one.amount),
        reversed: money(one.reversed),
        refunded: money(one.refunded),
      })),
    }
  },
  orders: { receivedOn: 'receivedOn', paymentNo: 'paymentNo' },
  uniques: EXTERNAL_REF_TAKEN,
}
