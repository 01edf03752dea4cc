import { readMoney, wordOf } from '@saleswright/contracts'
import type {
  Node as NodeMessage,
  Target as TargetMessage,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { invalid, type Params } from '@saleswright/kernel'
import { isCount, type Node, type Target, type TargetPlan } from './target-plan.ts'
import { KIND, NODE_KIND } from './target-plan-view.ts'

type Wrong = (field: string, rule: string, params: Params, message: string) => Error

const wrongAt =
  (path: string): Wrong =>
  (field, rule, params, message) =>
    invalid(rule, params, [{ field: `${path}${field}`, rule, message }])

export const readNode = (node: NodeMessage | undefined, path: string): Node => {
  const kind = wordOf(NODE_KIND, node?.kind ?? 0)
  if (!kind || !node) throw wrongAt(path)('.kind', 'node_kind_needed', {}, 'is required')
  return { kind, id: node.id }
}

type Counted = Pick<TargetPlan, 'basis' | 'currency'>

const readAmount = ({ amount, count }: TargetMessage, { basis, currency }: Counted, wrong: Wrong): bigint => {
  if (isCount(basis) || currency === undefined) {
    if (amount) throw wrong('.amount', 'target_is_count', {}, 'must be left out')
    if (count === undefined) throw wrong('.count', 'target_is_count', {}, 'is required')
    return BigInt(count)
  }
  if (count !== undefined) throw wrong('.count', 'target_is_money', {}, 'must be left out')
  if (!amount) throw wrong('.amount', 'target_is_money', {}, 'is required')
  const money = readMoney(amount)
  const mixed = { left: currency, right: money.currency }
  if (money.currency !== currency) throw wrong('.amount', 'mixed_currencies', mixed, `must be in ${currency}`)
  return money.minor
}

/** Targets out of a request, all of what their plan counts. */
export const readTargets = (targets: readonly TargetMessage[], plan: Counted): readonly Target[] =>
  targets.map((target, index) => {
    const path = `targets[${index}]`
    const wrong = wrongAt(path)
    const kind = wordOf(KIND, target.kind)
    if (!kind) throw wrong('.kind', 'target_kind_needed', {}, 'is required')
    const node = readNode(target.node, `${path}.node`)
    return { node, period: target.period, kind, amount: readAmount(target, plan, wrong) }
  })
