import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { indexRefs, provenanceFields, REF_UNIQUE } from '../intake/external-ref.ts'
import { moneyField, moneyFrom, ownFields, type StoredMoney, storedMoney } from '../intake/stored.ts'
import type { Customer } from './customer.ts'
import { nameKey } from './customer-name.ts'
import { searchKeys } from './search-keys.ts'

type StoredCredit = { readonly amount: StoredMoney; readonly from: string; readonly until: string }
type CustomerDocument = Omit<Fields<Customer>, 'annualRevenue' | 'credit'> & {
  readonly nameKey: string
  readonly searchKeys: readonly string[]
  readonly annualRevenue?: StoredMoney | undefined
  readonly credit?: StoredCredit | undefined
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
    annualRevenue: moneyField,
    creditCode: String,
    businessDate: { type: String, required: true },
    createdAt: { type: Date, required: true },
    credit: { type: { _id: false, amount: { currency: String, minor: Number }, from: String, until: String } },
  },
  { versionKey: false, strict: 'throw' },
)
indexRefs(schema)
schema.index({ companyId: 1, nameKey: 1 }, { name: 'customer_name', unique: true })
schema.index(
  { companyId: 1, creditCode: 1 },
  { name: 'credit_code', unique: true, partialFilterExpression: { creditCode: { $exists: true } } },
)
schema.index({ companyId: 1, searchKeys: 1, _id: -1 })
schema.index({ companyId: 1, parentId: 1, _id: -1 })

export const customerMapping: Mapping<Customer, CustomerDocument> = {
  name: 'customer',
  collection: 'customers',
  schema,
  version: 1,
  document: (customer) => ({
    ...ownFields(customer),
    nameKey: nameKey(customer.name),
    searchKeys: searchKeys(customer.name),
    annualRevenue: storedMoney(customer.annualRevenue),
    credit: customer.credit && {
      ...customer.credit,
      amount: { currency: customer.credit.amount.currency, minor: Number(customer.credit.amount.minor) },
    },
  }),
  record: ({ nameKey: _key, searchKeys: _keys, annualRevenue, credit, ...document }) => ({
    ...ownFields(document),
    annualRevenue: moneyFrom(annualRevenue),
    credit: credit && {
      ...credit,
      amount: { currency: credit.amount.currency, minor: BigInt(credit.amount.minor) },
    },
  }),
  orders: { name: 'name', createdAt: '_id' },
  // Whose the other one is stays untold (R103).
  uniques: { ...REF_UNIQUE, customer_name: 'customer_exists', credit_code: 'customer_exists' },
}
