import { type Aggregate, derivedId } from '@saleswright/kernel'
import { exact, type Fields, type Mapping, ownFields } from '@saleswright/store'
import { Schema } from 'mongoose'
import { isOwn, type Node, type Target, type TargetPlan, targetKey, yearOf } from './target-plan.ts'
import type { PlacedTarget } from './target-rows.ts'

/**
 * A published target. Of units' plans there is one for each node, period, basis and kind, and one of the person's own plan beside it. It
 * lies where its node does, so that everybody sees what their scope reaches.
 */
export type PublishedTarget = Aggregate &
  Target &
  Pick<TargetPlan, 'basis' | 'currency'> & {
    readonly unitId: string
    readonly orgPath: readonly string[]
    readonly planId: string
    /** Of its period. */
    readonly year: string
    readonly own: boolean
    readonly name: string
  }

export const publishedTarget = (plan: TargetPlan, target: PlacedTarget): PublishedTarget => {
  const { node, period, orgPath } = target
  const { id: planId, companyId, basis, currency } = plan
  const own = isOwn(plan)
  return {
    ...target,
    id: derivedId('target', companyId, own ? 'own' : 'set', basis, targetKey(target)),
    version: 0,
    companyId,
    ...(node.kind === 'person' && { ownerId: node.id }),
    unitId: orgPath.at(-1) ?? '',
    planId,
    year: yearOf(period),
    own,
    basis,
    currency,
  }
}

type TargetDocument = Omit<Fields<PublishedTarget>, 'amount' | 'node'> & {
  readonly nodeKind: Node['kind']
  readonly nodeId: string
  readonly amount: number
}

const targetSchema = (): Schema => {
  const schema = new Schema(
    {
      planId: String,
      year: { type: String, required: true },
      own: Boolean,
      nodeKind: String,
      nodeId: String,
      name: String,
      period: { type: String, required: true },
      basis: { type: String, required: true },
      kind: String,
      currency: String,
      amount: { type: Number, required: true },
    },
    { strict: 'throw', versionKey: false },
  )
  schema.index({ companyId: 1, year: 1, _id: -1 })
  schema.index({ companyId: 1, nodeId: 1, _id: -1 })
  return schema
}

const targetMapping = (collection: string): Mapping<PublishedTarget, TargetDocument> => ({
  name: 'target',
  collection,
  schema: targetSchema(),
  version: 1,
  document: (target) => {
    const { node, amount, ...fields } = ownFields(target)
    return { ...fields, nodeKind: node.kind, nodeId: node.id, amount: exact(amount) }
  },
  record: (document) => {
    const { nodeKind, nodeId, amount, ...fields } = ownFields(document)
    return { ...fields, node: { kind: nodeKind, id: nodeId }, amount: BigInt(amount) }
  },
  orders: { period: 'period', amount: 'amount' },
  reaches: ['self', 'team', 'subtree'],
})

/** What is in force: replaced when a plan is published. */
export const publishedTargetMapping = targetMapping('targets')

/** R350: what was published first, and stays whatever revises it. */
export const originalTargetMapping = targetMapping('original_targets')
