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
import type { Opportunity } from './opportunity.ts'

type OpportunityDocument = Omit<Fields<Opportunity>, 'expectedValue' | 'wonValue'> & {
  readonly expectedValue?: StoredMoney | undefined
  readonly wonValue?: StoredMoney | undefined
}

const schema = new Schema(
  {
    ...provenanceFields,
    status: { type: String, required: true },
    heldFrom: String,
    title: { type: String, required: true },
    customerId: { type: String, required: true },
    sku: String,
    expectedValue: MONEY_FIELD,
    wonValue: MONEY_FIELD,
    engagedOn: String,
    closedOn: String,
    lostReason: String,
    requirement: String,
    businessDate: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
)
indexExternalRef(schema)
schema.index({ companyId: 1, customerId: 1, status: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, _id: -1 })

export const opportunityMapping: Mapping<Opportunity, OpportunityDocument> = {
  name: 'opportunity',
  collection: 'opportunities',
  schema,
  version: 1,
  document: (opportunity) => ({
    ...ownFields(opportunity),
    expectedValue: opportunity.expectedValue && storedMoney(opportunity.expectedValue),
    wonValue: opportunity.wonValue && storedMoney(opportunity.wonValue),
  }),
  record: ({ expectedValue, wonValue, ...document }) => ({
    ...ownFields(document),
    expectedValue: expectedValue && moneyFrom(expectedValue),
    wonValue: wonValue && moneyFrom(wonValue),
  }),
  orders: { businessDate: 'businessDate', closedOn: 'closedOn', title: 'title' },
  uniques: EXTERNAL_REF_UNIQUE,
}
