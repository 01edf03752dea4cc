import { derivedId } from '@saleswright/kernel'
import { type Fields, type Mapping, minorOf, moneyIn, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Receivable } from './receivable.ts'

type Amounts = 'amount' | 'net' | 'collected' | 'writtenOff'
type ReceivableDocument = Omit<Fields<Receivable>, Amounts> & Record<Amounts, number> & { currency: string }

const schema = new Schema({
  status: { type: String, required: true },
  orderId: String,
  orderNo: String,
  customerId: String,
  currency: String,
  amount: Number,
  net: Number,
  collected: Number,
  writtenOff: Number,
  writeOff: Object,
  onCredit: Boolean,
  billedOn: { type: String, required: true },
  dueOn: { type: String, required: true },
})
schema.index({ companyId: 1, orderId: 1 })
schema.index({ companyId: 1, customerId: 1, billedOn: -1, orderNo: -1, _id: -1 })
schema.index({ companyId: 1, status: 1, dueOn: 1, _id: 1 })

export const receivableMapping: Mapping<Receivable, ReceivableDocument> = {
  name: 'receivable',
  collection: 'receivables',
  schema,
  version: 1,
  document: (receivable) => ({
    ...ownFields(receivable),
    currency: receivable.amount.currency,
    amount: minorOf(receivable.amount),
    net: minorOf(receivable.net),
    collected: minorOf(receivable.collected),
    writtenOff: minorOf(receivable.writtenOff),
  }),
  record: ({ currency, ...document }) => {
    const money = moneyIn(currency)
    return {
      ...ownFields(document),
      amount: money(document.amount),
      net: money(document.net),
      collected: money(document.collected),
      writtenOff: money(document.writtenOff),
    }
  },
  orders: { dueOn: 'dueOn', billedOn: ['billedOn', 'orderNo'] },
  listed: '-billedOn',
}

/** One for a prepaid order, one for each shipment on credit: found from what it bills. */
export const receivableId = (billed: string): string => derivedId('receivable', billed)
