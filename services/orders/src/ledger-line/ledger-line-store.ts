import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { minorOf, moneyIn } from '../exact-fields.ts'
import { pick } from '../pick.ts'
import type { LedgerLine } from './ledger-line.ts'

type LedgerLineDocument = Omit<Fields<LedgerLine>, 'amount'> & { currency: string; amount: number }

const schema = new Schema({
  kind: String,
  customerId: String,
  orderId: String,
  orderNo: String,
  documentId: String,
  businessDate: { type: String, required: true },
  currency: String,
  amount: Number,
})
schema.index({ companyId: 1, orderId: 1, _id: -1 })
schema.index({ companyId: 1, customerId: 1, _id: -1 })
schema.index({ companyId: 1, businessDate: 1, _id: 1 })

const PLAIN = [
  'kind',
  'customerId',
  'orderId',
  'orderNo',
  'documentId',
  'businessDate',
] as const satisfies readonly (keyof LedgerLine)[]

export const ledgerLineMapping: Mapping<LedgerLine, LedgerLineDocument> = {
  name: 'ledger_line',
  collection: 'ledgerLines',
  schema,
  version: 1,
  document: (line) => ({ ...pick(line, PLAIN), currency: line.amount.currency, amount: minorOf(line.amount) }),
  record: (document) => ({ ...pick(document, PLAIN), amount: moneyIn(document.currency)(document.amount) }),
  orders: { businessDate: 'businessDate' },
}
