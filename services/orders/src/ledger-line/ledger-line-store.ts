import { type Fields, type Mapping, minorOf, moneyIn, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { LedgerLine } from './ledger-line.ts'

type LedgerLineDocument = Omit<Fields<LedgerLine>, 'amount'> & { currency: string; amount: number }

const schema = new Schema({
  kind: String,
  customerId: String,
  orderId: String,
  orderNo: String,
  documentId: String,
  documentNo: { type: String, required: true },
  businessDate: { type: String, required: true },
  currency: String,
  amount: Number,
})
schema.index({ companyId: 1, orderId: 1, _id: -1 })
schema.index({ companyId: 1, customerId: 1, businessDate: -1, documentNo: -1, _id: -1 })

export const ledgerLineMapping: Mapping<LedgerLine, LedgerLineDocument> = {
  name: 'ledger_line',
  collection: 'ledgerLines',
  schema,
  version: 1,
  document: (line) => ({ ...ownFields(line), currency: line.amount.currency, amount: minorOf(line.amount) }),
  record: ({ currency, ...document }) => ({ ...ownFields(document), amount: moneyIn(currency)(document.amount) }),
  orders: { businessDate: ['businessDate', 'documentNo'] },
  listed: '-businessDate',
}
