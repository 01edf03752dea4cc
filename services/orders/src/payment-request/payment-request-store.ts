import { type Fields, type Mapping, minorOf, moneyIn, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { PaymentRequest, Reservation } from './payment-request.ts'

type PaymentRequestDocument = Omit<Fields<PaymentRequest>, 'amount' | 'reservations'> & {
  currency: string
  amount: number
  reservations: readonly (Omit<Reservation, 'amount'> & { amount: number })[]
}

const schema = new Schema({
  requestNo: String,
  status: { type: String, required: true },
  orderId: String,
  orderNo: String,
  customerId: String,
  currency: String,
  amount: Number,
  reservations: Array,
  requestedOn: { type: String, required: true },
  dueOn: { type: String, required: true },
  receivableId: String,
})
schema.index({ companyId: 1, orderId: 1 })
schema.index({ companyId: 1, customerId: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, dueOn: 1, _id: 1 })

export const paymentRequestMapping: Mapping<PaymentRequest, PaymentRequestDocument> = {
  name: 'payment_request',
  collection: 'paymentRequests',
  schema,
  version: 1,
  document: (request) => ({
    ...ownFields(request),
    currency: request.amount.currency,
    amount: minorOf(request.amount),
    reservations: request.reservations.map((one) => ({ ...one, amount: minorOf(one.amount) })),
  }),
  record: ({ currency, ...document }) => {
    const money = moneyIn(currency)
    return {
      ...ownFields(document),
      amount: money(document.amount),
      reservations: document.reservations.map((one) => ({ ...one, amount: money(one.amount) })),
    }
  },
  orders: { dueOn: 'dueOn', requestedOn: 'requestedOn' },
}
