import { companyKey } from '@saleswright/kernel'
import {
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  MONEY_FIELD,
  moneyFrom,
  ownFields,
  type StoredMoney,
  storedMoney,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import { provenanceFields } from '../intake/provenance.ts'
import type { Lead } from './lead.ts'

type LeadDocument = Omit<Fields<Lead>, 'expectedValue'> & {
  /** What ties a lead to a customer file: the company's name, however it is spelt. */
  readonly companyKey?: string | undefined
  readonly expectedValue?: StoredMoney | undefined
}

const schema = new Schema(
  {
    ...provenanceFields,
    status: { type: String, required: true },
    title: { type: String, required: true },
    companyName: String,
    companyKey: String,
    sku: String,
    expectedValue: MONEY_FIELD,
    contactedOn: String,
    reason: String,
    formerOwnerId: String,
    recycledOn: String,
    man: { type: { _id: false, money: Boolean, authority: Boolean, need: Boolean }, required: false },
    nextStep: String,
    opportunityId: String,
    businessDate: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
)
indexExternalRef(schema)
schema.index({ companyId: 1, companyKey: 1, status: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, _id: -1 })

export const leadMapping: Mapping<Lead, LeadDocument> = {
  name: 'lead',
  collection: 'leads',
  schema,
  version: 1,
  document: (lead) => ({
    ...ownFields(lead),
    companyKey: lead.companyName && companyKey(lead.companyName),
    expectedValue: lead.expectedValue && storedMoney(lead.expectedValue),
  }),
  record: ({ companyKey: _key, expectedValue, ...document }) => ({
    ...ownFields(document),
    expectedValue: expectedValue && moneyFrom(expectedValue),
  }),
  orders: { businessDate: 'businessDate', title: 'title' },
  uniques: EXTERNAL_REF_UNIQUE,
}
