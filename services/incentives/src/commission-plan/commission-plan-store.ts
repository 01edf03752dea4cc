import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  type Fields,
  indexExternalRef,
  type Mapping,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import { type StoredTier, storedTiers, tiersFrom } from '../exact-fields.ts'
import type { CommissionPlan } from './commission-plan.ts'

type PlanDocument = Omit<Fields<CommissionPlan>, 'tiers'> & { readonly tiers: readonly StoredTier[] }

const schema = new Schema(
  {
    name: { type: String, required: true },
    revision: { type: Number, required: true },
    status: String,
    basis: String,
    periodicity: String,
    currency: String,
    tiers: Array,
    validFrom: { type: String, required: true },
    validUntil: String,
    makerId: String,
    externalRef: EXTERNAL_REF_FIELD,
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, name: 1, revision: 1 }, { name: 'name_and_revision', unique: true })
indexExternalRef(schema)

export const commissionPlanMapping: Mapping<CommissionPlan, PlanDocument> = {
  name: 'commission_plan',
  collection: 'commission_plans',
  schema,
  version: 1,
  document: (plan) => ({ ...ownFields(plan), tiers: storedTiers(plan.tiers) }),
  record: (document) => ({ ...ownFields(document), tiers: tiersFrom(document.tiers) }),
  orders: { name: 'name', validFrom: 'validFrom' },
  uniques: { name_and_revision: 'commission_plan_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: [],
}
