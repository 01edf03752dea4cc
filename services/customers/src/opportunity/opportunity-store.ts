import type { Fields, Mapping } from '@saleswright/store'
import { Schema } from 'mongoose'
import { indexRefs, provenanceFields, REF_UNIQUE } from '../intake/external-ref.ts'
import { moneyField, moneyFrom, ownFields, type StoredMoney, storedMoney } from '../intake/stored.ts'
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
    expectedValue: moneyField,
    wonValue: moneyField,
    engagedOn: String,
    closedOn: String,
    lostReason: String,
    businessDate: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
)
indexRefs(schema)
schema.index({ companyId: 1, customerId: 1, status: 1, _id: -1 })
schema.index({ companyId: 1, status: 1, _id: -1 })

export const opportunityMapping: Mapping<Opportunity, OpportunityDocument> = {
  name: 'opportunity',
  collection: 'opportunities',
  schema,
  version: 1,
  document: (opportunity) => ({
    ...ownFields(opportunity),
    expectedValue: storedMoney(opportunity.expectedValue),
    wonValue: storedMoney(opportunity.wonValue),
  }),
  record: ({ expectedValue, wonValue, ...document }) => ({
    ...ownFields(document),
    expectedValue: moneyFrom(expectedValue),
    wonValue: moneyFrom(wonValue),
  }),
  orders: { businessDate: 'businessDate', closedOn: 'closedOn', title: 'title' },
  uniques: REF_UNIQUE,
}
