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
  invalid,
  isWithin,
  mover,
  type Period,
  refuseInterested,
} from '@saleswright/kernel'

/** R350: what is published never changes; a revision takes its place, and both can be read for ever. */
export const TRANSITIONS = { draft: ['published'], published: ['superseded'], superseded: [] } as const
export type Status = keyof typeof TRANSITIONS
const move = mover<Status>('target_plan', TRANSITIONS)

/** R313, R324: units and people have targets alike. */
export type Node = { readonly kind: 'org_unit' | 'person'; readonly id: string }

/** What counts towards a target: money without tax (R369, R374), or how many there are (R317). */
export type Basis = 'ordered' | 'shipped' | 'billed' | 'collected' | 'order_count' | 'customer_count'
export const isCount = (basis: Basis): boolean => basis === 'order_count' || basis === 'customer_count'

/** A quota adds up with others; a minimum is a lower bound beside them, and adds up to nothing (R322 to R324). */
export type Kind = 'quota' | 'minimum'

/** For a month, a quarter or a year. The amount is above zero: in the smallest unit of the plan's currency, or a number of pieces. */
export type Target = { readonly node: Node; readonly period: Period; readonly kind: Kind; readonly amount: bigint }

/** One for a node, a period and a basis, in revisions. It lies where its node does. */
export type TargetPlan = Aggregate & {
  /** Of a person's plan that person, else who made it. */
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  /** Everybody who has set a target in it. */
  readonly makerIds: readonly string[]
  readonly node: Node
  readonly period: Period
  readonly basis: Basis
  readonly name: string
  /** Undefined where a count is to be reached. */
  readonly currency?: string | undefined
  readonly revision: number
  readonly status: Status
  readonly targets: readonly Target[]
  readonly supersedesId?: string | undefined
  /** Of a revision. */
  readonly reason?: string | undefined
  readonly externalRef?: ExternalRef | undefined
}

/** A person's own plan stands beside what their unit's plan sets for them (R345). */
export const isOwn = ({ node }: Pick<TargetPlan, 'node'>): boolean => node.kind === 'person'

export const yearOf = (period: Period): string => period.slice(0, 4)

export const targetKey = ({ node, period, kind }: Omit<Target, 'amount'>): string =>
  `${kind}|${node.kind}|${node.id}|${period}`

type Span = Pick<TargetPlan, 'period' | 'basis'>

/** The targets as they are after some were added, replaced, or with an amount of zero taken out. */
const merged = (plan: Span, before: readonly Target[], given: readonly Target[]): readonly Target[] => {
  const byKey = new Map(before.map((target) => [targetKey(target), target]))
  const seen = new Set<string>()
  for (const [index, target] of given.entries()) {
    const { node, period, amount } = target
    const key = targetKey(target)
    const wrong = (field: string, rule: string, message: string) => {
      const violation = { field: `targets[${index}]${field}`, rule, message }
      return invalid(rule, { node: node.id, period, within: plan.period }, [violation])
    }
    if (seen.has(key)) throw wrong('', 'target_duplicate', 'is there before')
    if (!isWithin(period, plan.period)) {
      throw wrong('.period', 'period_outside_plan', `must lie in ${plan.period}`)
    }
    if (amount < 0n) throw wrong(isCount(plan.basis) ? '.count' : '.amount', 'target_below_zero', 'is below zero')
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

const told = ({
  id: targetPlanId,
  node,
  period,
  basis,
  revision,
  currency,
  supersedesId,
}: Omit<TargetPlan, 'version'>) => ({
  targetPlanId,
  year: yearOf(period),
  revision,
  nodeKind: node.kind,
  nodeId: node.id,
  period,
  basis,
  ...(currency !== undefined && { currencyCode: currency }),
  ...(supersedesId !== undefined && { supersedesId }),
})

export const draft = (facts: Omit<TargetPlan, 'version' | 'status'>): Decision<TargetPlan> => {
  const { name, supersedesId, reason } = facts
  expectText('name', name)
  // R350: what is published is revised for a reason.
  if (supersedesId !== undefined) expectText('reason', reason)
  const next: TargetPlan = { ...facts, targets: merged(facts, [], facts.targets), version: 0, status: 'draft' }
  const event = create(TargetPlanCreatedSchema, {
    ...told(next),
    name,
    targets: toldTargets(next),
    ...(reason !== undefined && { reason }),
  })
  return { next, events: [event] }
}

const toldTargets = ({ targets, currency, basis }: TargetPlan) =>
  targets.map(({ node, period, kind, amount }) => ({
    nodeKind: node.kind,
    nodeId: node.id,
    period,
    basis,
    kind,
    ...(currency === undefined ? { count: Number(amount) } : { amount: moneyMessage({ currency, minor: amount }) }),
  }))

const isSame = (one: readonly Target[], other: readonly Target[]): boolean => {
  const amounts = new Map(one.map((target) => [targetKey(target), target.amount]))
  return one.length === other.length && other.every((target) => amounts.get(targetKey(target)) === target.amount)
}

type Change = { readonly name?: string | undefined; readonly targets: readonly Target[]; readonly by: string }

export const change = (plan: TargetPlan, { name = plan.name, targets: given, by }: Change): Decision<TargetPlan> => {
  if (plan.status !== 'draft') move(plan, 'draft')
  expectText('name', name)
  const targets = merged(plan, plan.targets, given)
  if (name === plan.name && isSame(plan.targets, targets)) return { next: plan, events: [] }
  const changed = create(TargetPlanChangedSchema, { targetPlanId: plan.id, targets: targets.length })
  const makerIds = [...new Set([...plan.makerIds, by])]
  return { next: { ...plan, name, targets, makerIds }, events: [changed] }
}

type Publisher = { readonly id: string; readonly mayMigrate: boolean }

/**
 * Neither who set a target nor who has one in it publishes a plan (decisions 59). What a migration brings was decided long ago: it
 * publishes what it has made, and no target of its own.
 */
const refuseMaker = ({ makerIds, node, targets, externalRef }: TargetPlan, { id, mayMigrate }: Publisher): void => {
  const earnerIds = [node, ...targets.map((target) => target.node)].flatMap((one) =>
    one.kind === 'person' ? one.id : [],
  )
  const migrated = mayMigrate && externalRef !== undefined
  refuseInterested([id], { earnerIds: migrated ? earnerIds : [...makerIds, ...earnerIds] })
}

type Placed = { readonly orgPath: readonly string[] }

/** `placed` says where the node of each target lies, in their order. */
export const publish = (plan: TargetPlan, by: Publisher, placed: readonly Placed[]): Decision<TargetPlan> => {
  const next = move(plan, 'published')
  refuseMaker(plan, by)
  const targets = toldTargets(plan).map((target, index) => ({
    ...target,
    orgPath: [...(placed[index]?.orgPath ?? [])],
  }))
  return { next, events: [create(TargetPlanPublishedSchema, { ...told(plan), targets })] }
}

export const supersede = (plan: TargetPlan, byId: string): Decision<TargetPlan> => ({
  next: move(plan, 'superseded'),
  events: [create(TargetPlanSupersededSchema, { targetPlanId: plan.id, byId })],
})
