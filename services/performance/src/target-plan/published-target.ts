import { type Aggregate, derivedId, type Period } from '@saleswright/kernel'
import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import type { Node, TargetPlan } from './target-plan.ts'
import type { PlacedTarget } from './target-rows.ts'

/** A target in force: one for each node and period. It lies where its node does, so that everybody sees what their scope reaches. */
export type PublishedTarget = Aggregate & {
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly planId: string
  readonly year: string
  readonly kind: Node['kind']
  readonly nodeId: string
  readonly name: string
  readonly period: Period
  readonly currency: string
  /** In the smallest unit. */
  readonly amount: bigint
}

export const publishedTarget = (plan: TargetPlan, target: PlacedTarget): PublishedTarget => {
  const { node, period, name, amount, orgPath } = target
  const { id: planId, companyId, year, currency } = plan
  return {
    id: derivedId('target', companyId, node.kind, node.id, period),
    version: 0,
    companyId,
    ...(node.kind === 'person' && { ownerId: node.id }),
    unitId: orgPath.at(-1) ?? '',
    orgPath,
    planId,
    year,
    kind: node.kind,
    nodeId: node.id,
    name,
    period,
    currency,
    amount,
  }
}

export const placedTarget = ({ kind, nodeId, name, period, amount, orgPath }: PublishedTarget): PlacedTarget => ({
  node: { kind, id: nodeId },
  name,
  period,
  amount,
  orgPath,
})

type TargetDocument = Omit<Fields<PublishedTarget>, 'amount'> & { readonly amount: number }

const schema = new Schema(
  {
    planId: String,
    year: { type: String, required: true },
    kind: String,
    nodeId: String,
    name: String,
    period: { type: String, required: true },
    currency: String,
    amount: { type: Number, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ companyId: 1, year: 1, _id: -1 })
schema.index({ companyId: 1, nodeId: 1, _id: -1 })

export const publishedTargetMapping: Mapping<PublishedTarget, TargetDocument> = {
  name: 'target',
  collection: 'targets',
  schema,
  version: 1,
  document: (target) => ({ ...ownFields(target), amount: exact(target.amount) }),
  record: (document) => ({ ...ownFields(document), amount: BigInt(document.amount) }),
  orders: { period: 'period', amount: 'amount' },
  reaches: ['self', 'team', 'subtree'],
}
