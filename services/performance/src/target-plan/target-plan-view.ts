import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  Node_Kind,
  type PublishedTargetSchema,
  TargetPlan_Status,
  type TargetPlanSchema,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { PublishedTarget } from './published-target.ts'
import type { Node, Status, TargetPlan } from './target-plan.ts'

export const STATUS = {
  draft: TargetPlan_Status.DRAFT,
  published: TargetPlan_Status.PUBLISHED,
  superseded: TargetPlan_Status.SUPERSEDED,
} as const satisfies Record<Status, TargetPlan_Status>

export const KIND = {
  org_unit: Node_Kind.ORG_UNIT,
  person: Node_Kind.PERSON,
} as const satisfies Record<Node['kind'], Node_Kind>

export const targetPlanView = (plan: TargetPlan): MessageInitShape<typeof TargetPlanSchema> => ({
  targetPlanId: plan.id,
  name: plan.name,
  revision: plan.revision,
  status: STATUS[plan.status],
  year: plan.year,
  currencyCode: plan.currency,
  targets: plan.targets.map(({ node, period, amount }) => ({
    node: { kind: KIND[node.kind], id: node.id },
    period,
    amount: moneyMessage({ currency: plan.currency, minor: amount }),
  })),
  supersedesId: plan.supersedesId,
  reason: plan.reason,
  externalRef: plan.externalRef,
  etag: etagOf(plan),
})

export const publishedTargetView = (target: PublishedTarget): MessageInitShape<typeof PublishedTargetSchema> => ({
  targetPlanId: target.planId,
  node: { kind: KIND[target.kind], id: target.nodeId },
  period: target.period,
  amount: moneyMessage({ currency: target.currency, minor: target.amount }),
})
