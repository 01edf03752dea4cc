import {
  EXTERNAL_REF_FIELD,
  EXTERNAL_REF_UNIQUE,
  exact,
  type Fields,
  indexExternalRef,
  type Mapping,
  ownFields,
} from '@saleswright/store'
import { Schema } from 'mongoose'
import type { TargetPlan } from './target-plan.ts'

/** The words of a target are short: a plan may have thousands. */
type StoredTarget = { readonly k: 'org_unit' | 'person'; readonly n: string; readonly p: string; readonly a: number }
type PlanDocument = Omit<Fields<TargetPlan>, 'targets'> & { readonly targets: readonly StoredTarget[] }

const schema = new Schema(
  {
    name: { type: String, required: true },
    year: { type: String, required: true },
    currency: String,
    revision: { type: Number, required: true },
    status: String,
    targets: Array,
    supersedesId: String,
    reason: String,
    externalRef: EXTERNAL_REF_FIELD,
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, unitId: 1, year: 1, revision: 1 }, { name: 'unit_year_revision', unique: true })
indexExternalRef(schema)

export const targetPlanMapping: Mapping<TargetPlan, PlanDocument> = {
  name: 'target_plan',
  collection: 'target_plans',
  schema,
  version: 1,
  document: (plan) => ({
    ...ownFields(plan),
    targets: plan.targets.map(({ node, period, amount }) => ({
      k: node.kind,
      n: node.id,
      p: period,
      a: exact(amount),
    })),
  }),
  record: (document) => ({
    ...ownFields(document),
    targets: document.targets.map(({ k, n, p, a }) => ({ node: { kind: k, id: n }, period: p, amount: BigInt(a) })),
  }),
  orders: { year: 'year', name: 'name', revision: 'revision' },
  uniques: { unit_year_revision: 'target_plan_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: ['self', 'team', 'subtree'],
}
