import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  Basis_Kind,
  Node_Kind,
  type PublishedTargetSchema,
  Target_Kind,
  TargetPlan_Status,
  type TargetPlanSchema,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { PublishedTarget } from './published-target.ts'
import type { Basis, Kind, Node, Status, TargetPlan } from './target-plan.ts'

export const STATUS = {
  draft: TargetPlan_Status.DRAFT,
  published: TargetPlan_Status.PUBLISHED,
  superseded: TargetPlan_Status.SUPERSEDED,
} as const satisfies Record<Status, TargetPlan_Status>

export const NODE_KIND = {
  org_unit: Node_Kind.ORG_UNIT,
  person: Node_Kind.PERSON,
} as const satisfies Record<Node['kind'], Node_Kind>

export const KIND = {
  quota: Target_Kind.QUOTA,
  minimum: Target_Kind.MINIMUM,
} as const satisfies Record<Kind, Target_Kind>

export const BASIS = {
  ordered: Basis_Kind.ORDERED,
  shipped: Basis_Kind.SHIPPED,
  billed: Basis_Kind.BILLED,
  collected: Basis_Kind.COLLECTED,
  order_count: Basis_Kind.ORDER_COUNT,
  customer_count: Basis_Kind.CUSTOMER_COUNT,
} as const satisfies Record<Basis, Basis_Kind>

export const nodeView = ({ kind, id }: Node) => ({ kind: NODE_KIND[kind], id })

const amountView = (amount: bigint, currency: string | undefined) =>
  currency === undefined ? { count: Number(amount) } : { amount: moneyMessage({ currency, minor: amount }) }

export const targetPlanView = (plan: TargetPlan): MessageInitShape<typeof TargetPlanSchema> => ({
  targetPlanId: plan.id,
  name: plan.name,
  revision: plan.revision,
  status: STATUS[plan.status],
  node: nodeView(plan.node),
  period: plan.period,
  basis: BASIS[plan.basis],
  currencyCode: plan.currency,
  targets: plan.targets.map(({ node, period, kind, amount }) => ({
    node: nodeView(node),
    period,
    kind: KIND[kind],
    ...amountView(amount, plan.currency),
  })),
  supersedesId: plan.supersedesId,
  reason: plan.reason,
  externalRef: plan.externalRef,
  etag: etagOf(plan),
})

export const publishedTargetView = (target: PublishedTarget): MessageInitShape<typeof PublishedTargetSchema> => ({
  targetPlanId: target.planId,
  node: nodeView(target.node),
  period: target.period,
  basis: BASIS[target.basis],
  kind: KIND[target.kind],
  own: target.own,
  ...amountView(target.amount, target.currency),
})
