import type { Period } from '@saleswright/kernel'
import type { Kind, Node } from '../target-plan/target-plan.ts'
import { nodeKey, type PlacedTarget, targetsIn } from '../target-plan/target-rows.ts'
import { type Attainment, attainmentOf } from './attainment.ts'

/** What counts for people at one place in a period: money in the smallest unit, or pieces. */
export type Sum = {
  readonly ownerId: string
  readonly orgPath: readonly string[]
  readonly amount: bigint
}

/** A target of a unit's plan, or of the person's own. */
export type HeldTarget = PlacedTarget & { readonly own: boolean }

export type AttainmentRow = Attainment & {
  readonly node: Node
  /** Of its target. */
  readonly kind?: Kind
  readonly own: boolean
}

type Reached = { readonly node: Node; readonly amount: bigint }

const nodesOf = (kind: Node['kind'], ownerId: string | undefined, orgPath: readonly string[]): readonly Node[] => {
  if (kind === 'org_unit') return orgPath.map((id) => ({ kind, id }))
  return ownerId === undefined ? [] : [{ kind, id: ownerId }]
}

/** What counts for each person, or for each unit with all that lies in it. */
const reachedBy = (kind: Node['kind'], sums: readonly Sum[]): ReadonlyMap<string, Reached> => {
  const reached = new Map<string, Reached>()
  for (const { ownerId, orgPath, amount } of sums) {
    for (const node of nodesOf(kind, ownerId, orgPath)) {
      const key = nodeKey(node)
      reached.set(key, { node, amount: (reached.get(key)?.amount ?? 0n) + amount })
    }
  }
  return reached
}

type Due = Pick<AttainmentRow, 'node' | 'own'> & { readonly kind: Kind; readonly target: bigint }

/** What nodes of a kind are to reach by quotas: their own, or what their parts are to reach. */
const quotasDue = (
  kind: Node['kind'],
  period: Period,
  targets: readonly HeldTarget[],
  own: boolean,
): readonly Due[] => {
  const due = targetsIn(targets, period)
  const nodes = targets.flatMap(({ node, orgPath }) => {
    // A person's own plan is theirs alone.
    if (own) return node.kind === kind ? [node] : []
    return nodesOf(kind, node.kind === 'person' ? node.id : undefined, orgPath)
  })
  return [...new Map(nodes.map((node) => [nodeKey(node), node]))].flatMap(([key, node]) => {
    const target = due.get(key)
    return target === undefined ? [] : [{ node, kind: 'quota', own, target }]
  })
}

/** Minimums add up to nothing, so each stands for its own period alone. */
const minimumsDue = (kind: Node['kind'], period: Period, targets: readonly HeldTarget[]): readonly Due[] =>
  targets
    .filter((one) => one.kind === 'minimum' && one.node.kind === kind && one.period === period)
    .map(({ node, own, amount: target }) => ({ node, kind: 'minimum', own, target }))

/**
 * One row for each target of a person, or of a unit with all that lies in it, and one for each that has none and for whom something
 * counts. All targets and sums are of one basis and currency.
 */
export const attainmentRows = (
  kind: Node['kind'],
  period: Period,
  sums: readonly Sum[],
  targets: readonly HeldTarget[],
): readonly AttainmentRow[] => {
  const reached = reachedBy(kind, sums)
  const [own, set] = [targets.filter((one) => one.own), targets.filter((one) => !one.own)]
  const due = [
    ...quotasDue(kind, period, set, false),
    ...quotasDue(kind, period, own, true),
    ...minimumsDue(kind, period, targets),
  ]
  const withTarget = due.map(({ target, ...row }) => ({
    ...row,
    ...attainmentOf(reached.get(nodeKey(row.node))?.amount ?? 0n, target),
  }))
  const known = new Map(due.map(({ node }) => [nodeKey(node), node]))
  const without = [...reached].filter(([key]) => !known.has(key))
  return [...withTarget, ...without.map(([, { node, amount }]) => ({ node, own: false, reached: amount }))]
}
