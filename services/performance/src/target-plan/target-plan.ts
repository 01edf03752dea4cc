import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  TargetPlanChangedSchema,
  TargetPlanCreatedSchema,
  TargetPlanPublishedSchema,
  TargetPlanSupersededSchema,
} from '@saleswright/contracts/saleswright/performance/v1/events_pb.ts'
import {
  type Aggregate,
  type Decision,
  type ExternalRef,
  firstDay,
  inPeriod,
  invalid,
  mover,
  type Period,
} from '@saleswright/kernel'

/** R350: what is published never changes; a revision takes its place, and both can be read for ever. */
export const TRANSITIONS = { draft: ['published'], published: ['superseded'], superseded: [] } as const
export type Status = keyof typeof TRANSITIONS
const move = mover<Status>('target_plan', TRANSITIONS)

/** R313, R324: units and people have targets alike. */
export type Node = { readonly kind: 'org_unit' | 'person'; readonly id: string }

/** R358: for a month, a quarter or a year. The amount is above zero, in the smallest unit of the plan's currency. */
export type Target = { readonly node: Node; readonly period: Period; readonly amount: bigint }

export type TargetPlan = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly name: string
  readonly year: string
  readonly currency: string
  readonly revision: number
  readonly status: Status
  readonly targets: readonly Target[]
  readonly supersedesId?: string | undefined
  /** Of a revision. */
  readonly reason?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

export const targetKey = ({ node, period }: Omit<Target, 'amount'>): string => `${node.kind}|${node.id}|${period}`

/** The targets as they are after some were added, replaced, or with an amount of zero taken out. */
const merged = (year: string, before: readonly Target[], given: readonly Target[]): readonly Target[] => {
  const byKey = new Map(before.map((target) => [targetKey(target), target]))
  const seen = new Set<string>()
  for (const [index, target] of given.entries()) {
    const { node, period, amount } = target
    const key = targetKey(target)
    const wrong = (field: string, rule: string, message: string) =>
      invalid(rule, { node: node.id, period, year }, [{ field: `targets[${index}]${field}`, rule, message }])
    if (seen.has(key)) throw wrong('', 'target_duplicate', 'is there before')
    if (!inPeriod(firstDay(period), year)) throw wrong('.period', 'period_outside_year', `must lie in ${year}`)
    if (amount < 0n) throw wrong('.amount', 'target_below_zero', 'must not be below zero')
    seen.add(key)
    if (amount === 0n) byKey.delete(key)
    else byKey.set(key, target)
  }
  return [...byKey.values()]
}

/** Blanks say nothing; the contract counts them as characters. */
const expectText = (field: string, text = ''): void => {
  if (text === '') throw invalid('invalid_request', {}, [{ field, rule: 'required', message: 'is required' }])
}

export const draft = (facts: Omit<TargetPlan, 'version' | 'status'>): Decision<TargetPlan> => {
  const { id: targetPlanId, name, year, revision, currency: currencyCode, supersedesId, reason } = facts
  expectText('name', name)
  // R350: what is published is revised for a reason.
  if (supersedesId !== undefined) expectText('reason', reason)
  const next: TargetPlan = { ...facts, targets: merged(year, [], facts.targets), version: 0, status: 'draft' }
  const event = create(TargetPlanCreatedSchema, {
    targetPlanId,
    name,
    year,
    revision,
    currencyCode,
    targets: toldTargets(next),
    ...(supersedesId !== undefined && { supersedesId }),
    ...(reason !== undefined && { reason }),
  })
  return { next, events: [event] }
}

const toldTargets = ({ targets, currency }: TargetPlan) =>
  targets.map(({ node, period, amount }) => ({
    nodeKind: node.kind,
    nodeId: node.id,
    period,
    amount: moneyMessage({ currency, minor: amount }),
  }))

const isSame = (one: readonly Target[], other: readonly Target[]): boolean => {
  const amounts = new Map(one.map((target) => [targetKey(target), target.amount]))
  return one.length === other.length && other.every((target) => amounts.get(targetKey(target)) === target.amount)
}

export const change = (
  plan: TargetPlan,
  { name = plan.name, targets: given }: { readonly name?: string | undefined; readonly targets: readonly Target[] },
): Decision<TargetPlan> => {
  if (plan.status !== 'draft') move(plan, 'draft')
  expectText('name', name)
  const targets = merged(plan.year, plan.targets, given)
  if (name === plan.name && isSame(plan.targets, targets)) return { next: plan, events: [] }
  const changed = create(TargetPlanChangedSchema, { targetPlanId: plan.id, targets: targets.length })
  return { next: { ...plan, name, targets }, events: [changed] }
}

/** `placed` says where the node of each target lies, in their order. */
export const publish = (
  plan: TargetPlan,
  placed: readonly { readonly orgPath: readonly string[] }[],
): Decision<TargetPlan> => {
  const { id: targetPlanId, year, currency, revision, supersedesId } = plan
  const event = create(TargetPlanPublishedSchema, {
    targetPlanId,
    year,
    currencyCode: currency,
    revision,
    targets: toldTargets(plan).map((target, index) => ({ ...target, orgPath: [...(placed[index]?.orgPath ?? [])] })),
    ...(supersedesId !== undefined && { supersedesId }),
  })
  return { next: move(plan, 'published'), events: [event] }
}

export const supersede = (plan: TargetPlan, byId: string): Decision<TargetPlan> => ({
  next: move(plan, 'superseded'),
  events: [create(TargetPlanSupersededSchema, { targetPlanId: plan.id, byId })],
})
