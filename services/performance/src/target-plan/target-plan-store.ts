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
import type { Kind, Node, TargetPlan } from './target-plan.ts'

/** The words of a target are short, for a plan may have thousands: kind of node, node, period, kind of target, amount. */
type StoredTarget = {
  readonly k: Node['kind']
  readonly n: string
  readonly p: string
  readonly t: Kind
  readonly a: number
}
type PlanDocument = Omit<Fields<TargetPlan>, 'targets'> & { readonly targets: readonly StoredTarget[] }

const schema = new Schema(
  {
    name: { type: String, required: true },
    node: { type: Schema.Types.Mixed, required: true },
    period: { type: String, required: true },
    basis: { type: String, required: true },
    makerIds: [String],
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
schema.index(
  { companyId: 1, 'node.id': 1, period: 1, basis: 1, revision: 1 },
  { name: 'node_period_basis_revision', unique: true },
)
indexExternalRef(schema)

export const targetPlanMapping: Mapping<TargetPlan, PlanDocument> = {
  name: 'target_plan',
  collection: 'target_plans',
  schema,
  version: 1,
  document: (plan) => ({
    ...ownFields(plan),
    targets: plan.targets.map(({ node, period, kind, amount }) => ({
      k: node.kind,
      n: node.id,
      p: period,
      t: kind,
      a: exact(amount),
    })),
  }),
  record: (document) => ({
    ...ownFields(document),
    targets: document.targets.map(({ k, n, p, t, a }) => ({
      node: { kind: k, id: n },
      period: p,
      kind: t,
      amount: BigInt(a),
    })),
  }),
  orders: { period: 'period', name: 'name', revision: 'revision' },
  uniques: { node_period_basis_revision: 'target_plan_exists', ...EXTERNAL_REF_UNIQUE },
  reaches: ['self', 'team', 'subtree'],
}
