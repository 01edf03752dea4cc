import { firstDay, inPeriod, lastDay } from '@saleswright/kernel'
import type { Target, TargetPlanRow } from '../models/target-plan.ts'

/** What a node shall reach in a period, in one currency, over all plans. */
export type Goal = Omit<Target, 'nodeKind' | 'amount' | 'basis' | 'kind'> & { readonly target: bigint }

/** Plans that hold now. Either of the two events that end one may come first. */
export const inForce = (plans: readonly TargetPlanRow[]): readonly TargetPlanRow[] => {
  const replaced = new Set(plans.map(({ supersedesId }) => supersedesId))
  return plans.filter(({ id, superseded }) => !superseded && !replaced.has(id))
}

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

const within = (period: string, { from = '', to = '9999' }: Days): boolean =>
  firstDay(period) >= from && lastDay(period) <= to

/**
 * What is to be collected by quotas that add up: minimums stand beside them, and own plans beside those of the units, so that none of
 * either is counted twice (decisions 52).
 */
const collectable = ({ own, targets }: TargetPlanRow): readonly Target[] =>
  own ? [] : targets.filter(({ basis, kind }) => basis === 'collected' && kind === 'quota')

/** The goals of one kind of node whose whole period lies within the days. */
export const goalsOf = (plans: readonly TargetPlanRow[], kind: string, days: Days): readonly Goal[] => {
  const goals = new Map<string, Goal>()
  const targets = inForce(plans).flatMap(collectable)
  for (const { nodeKind, amount, basis: _collected, kind: _quota, ...goal } of targets) {
    if (nodeKind !== kind || !within(goal.period, days)) continue
    const name = [goal.nodeId, goal.period, goal.currency].join('|')
    goals.set(name, { ...goal, target: (goals.get(name)?.target ?? 0n) + BigInt(amount) })
  }
  return [...goals.values()]
}

const holds = (longer: string, period: string): boolean =>
  firstDay(longer) <= firstDay(period) && lastDay(longer) >= lastDay(period)

/** Whether a goal is part of another one: of a longer period of the same node. */
export const isPart = (goal: Goal, others: readonly Goal[]): boolean =>
  others.some(
    ({ nodeId, period, currency }) =>
      nodeId === goal.nodeId && currency === goal.currency && period !== goal.period && holds(period, goal.period),
  )

/** Whether a goal is part of that of a node above its own, for a period that holds its own. */
export const isBelow = (goal: Goal, above: ReadonlySet<string>, others: readonly Goal[]): boolean =>
  others.some(
    ({ nodeId, period, currency }) =>
      nodeId !== goal.nodeId && above.has(nodeId) && currency === goal.currency && holds(period, goal.period),
  )

type Sale = { readonly day: string; readonly currency: string; readonly net: number }

/** Adds up what was collected towards goals, by their places in the list. */
export const reaching = (goals: readonly Goal[]) => {
  const byNode = Map.groupBy(goals.entries(), ([, { nodeId }]) => nodeId)
  const reached = goals.map(() => 0n)
  return {
    reached,
    add: (nodes: readonly string[], { day, currency, net }: Sale): void => {
      for (const [index, goal] of nodes.flatMap((node) => byNode.get(node) ?? [])) {
        if (goal.currency === currency && inPeriod(day, goal.period)) {
          reached[index] = (reached[index] ?? 0n) + BigInt(net)
        }
      }
    },
  }
}
