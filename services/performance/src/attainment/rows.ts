import type { Period } from '@saleswright/kernel'
import type { Node } from '../target-plan/target-plan.ts'
import { nodeKey, type PlacedTarget, targetsIn } from '../target-plan/target-rows.ts'
import { type Attainment, attainmentOf } from './attainment.ts'

/** What people at one place collected in a period. */
export type Sum = {
  readonly ownerId: string
  readonly orgPath: readonly string[]
  readonly amount: bigint
}

export type AttainmentRow = Attainment & { readonly node: Node }

const nodesOf = (kind: Node['kind'], ownerId: string | undefined, orgPath: readonly string[]): readonly Node[] => {
  if (kind === 'org_unit') return orgPath.map((id) => ({ kind, id }))
  return ownerId === undefined ? [] : [{ kind, id: ownerId }]
}

/** One row for each person, or each unit with all that lies in it, that has a target or has collected something. */
export const attainmentRows = (
  kind: Node['kind'],
  period: Period,
  sums: readonly Sum[],
  targets: readonly PlacedTarget[],
): readonly AttainmentRow[] => {
  const due = targetsIn(targets, period)
  const reached = new Map<string, bigint>()
  const nodes = new Map<string, Node>()
  const meet = (node: Node, amount: bigint): void => {
    const key = nodeKey(node)
    nodes.set(key, node)
    reached.set(key, (reached.get(key) ?? 0n) + amount)
  }
  for (const { ownerId, orgPath, amount } of sums) {
    for (const node of nodesOf(kind, ownerId, orgPath)) meet(node, amount)
  }
  for (const { node, orgPath } of targets) {
    for (const on of nodesOf(kind, node.kind === 'person' ? node.id : undefined, orgPath)) {
      if (due.has(nodeKey(on))) meet(on, 0n)
    }
  }
  return [...nodes].map(([key, node]) => ({ node, ...attainmentOf(reached.get(key) ?? 0n, due.get(key)) }))
}
