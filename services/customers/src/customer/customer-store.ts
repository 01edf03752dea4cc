import { companyKey } from '@saleswright/kernel'
import {
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  indexSearchKeys,
  type Mapping,
  MONEY_FIELD,
  moneyFrom,
  ownFields,
  type StoredMoney,
  searchKeys,
  storedMoney,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import { provenanceFields } from '../intake/provenance.ts'
import type { CreditLimit, Customer } from './customer.ts'

type StoredCredit = { readonly amount: StoredMoney; readonly from: string; readonly until: string }
type CustomerDocument = Omit<Fields<Customer>, 'annualRevenue' | 'credit' | 'nextCredit'> & {
  readonly nameKey: string
  readonly searchKeys: readonly string[]
  readonly annualRevenue?: StoredMoney | undefined
  readonly credit?: StoredCredit | undefined
  readonly nextCredit?: StoredCredit | undefined
}

const CREDIT_FIELD = {
  type: { _id: false, amount: { currency: String, minor: Number }, from: String, until: String },
}

const schema = new Schema(
  {
    ...provenanceFields,
    name: { type: String, required: true },
    nameKey: { type: String, required: true },
    searchKeys: [String],
    status: { type: String, required: true },
    grade: { type: String, required: true },
    channelTier: String,
    parentId: String,
    sector: String,
    region: String,
    yearEstablished: Number,
    employees: Number,
    annualRevenue: MONEY_FIELD,
    creditCode: String,
    businessDate: { type: String, required: true },
    createdAt: { type: Date, required: true },
    credit: CREDIT_FIELD,
    nextCredit: CREDIT_FIELD,
    handover: { type: { _id: false, fromPersonId: String, reason: String, on: String, acceptedOn: String } },
    agreements: { type: Array, required: false, default: undefined },
  },
  { versionKey: false, strict: 'throw' },
)
indexExternalRef(schema)
schema.index({ companyId: 1, nameKey: 1, creditCode: 1 }, { name: 'customer_name_and_code', unique: true })
schema.index(
  { companyId: 1, creditCode: 1 },
  { name: 'credit_code', unique: true, partialFilterExpression: { creditCode: { $exists: true } } },
)
indexSearchKeys(schema)
schema.index({ companyId: 1, parentId: 1, _id: -1 })
schema.index({ 'nextCredit.from': 1 }, { partialFilterExpression: { 'nextCredit.from': { $exists: true } } })

const storedCredit = (credit: CreditLimit): StoredCredit => ({ ...credit, amount: storedMoney(credit.amount) })
const creditFrom = (credit: StoredCredit): CreditLimit => ({ ...credit, amount: moneyFrom(credit.amount) })

export const customerMapping: Mapping<Customer, CustomerDocument> = {
  name: 'customer',
  collection: 'customers',
  schema,
  version: 1,
  document: (customer) => ({
    ...ownFields(customer),
    nameKey: companyKey(customer.name),
    searchKeys: searchKeys(customer.name),
    annualRevenue: customer.annualRevenue && storedMoney(customer.annualRevenue),
    credit: customer.credit && storedCredit(customer.credit),
    nextCredit: customer.nextCredit && storedCredit(customer.nextCredit),
  }),
  record: ({ nameKey: _key, annualRevenue, credit, nextCredit, ...document }) => ({
    ...ownFields(document),
    annualRevenue: annualRevenue && moneyFrom(annualRevenue),
    credit: credit && creditFrom(credit),
    nextCredit: nextCredit && creditFrom(nextCredit),
  }),
  orders: { name: 'name', createdAt: '_id' },
  // Whose the other one is stays untold (R103).
  uniques: { ...EXTERNAL_REF_UNIQUE, customer_name_and_code: 'customer_exists', credit_code: 'customer_exists' },
}
