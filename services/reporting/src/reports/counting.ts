import { companyScope, inBoth, reaches, type Scope } from '@saleswright/kernel'
import { type Call, scopeAlso, scopeIfAny, scopeOf } from '@saleswright/rpc'
import type { Filter } from '@saleswright/store'
import { type Counted, KINDS, type Kind, type KindOf, kindsOf, type ReportName, type RowOf } from '../figures/kinds.ts'
import { type OrderRow, orders } from '../models/order.ts'
import { type TargetPlanRow, targetPlans } from '../models/target-plan.ts'
import type { Rows } from '../reading/rows.ts'
import type { Model } from '../rows/model.ts'

/** The rows that count for a caller: of the kinds that a report is made of, as far as both permissions reach. */
export type Counting<K extends Kind = Kind> = {
  /** Those that match, in batches and in no order. */
  readonly stream: <One extends Exclude<K, 'target'>>(
    kind: One,
    filter: Filter,
  ) => AsyncGenerator<readonly RowOf<One>[]>
  /** Plans of targets, each with those of its targets that the caller reaches. */
  readonly plans: () => Promise<readonly TargetPlanRow[]>
  /** The orders behind other documents, as far as the caller may read them. */
  readonly orders: (ids: Iterable<string>) => Promise<ReadonlyMap<string, OrderRow>>
}

type Reach = { readonly reported: Scope; readonly read: Scope }

/** A document counts for those who reach the row, and may read the document where that lies. */
const conditionsOf = (kind: Kind, { reported, read }: Reach): Filter => {
  const counted: Counted = KINDS[kind]
  if (counted.lies === undefined) return inBoth(reported, read).equals
  const { companyId, ...there } = read.equals
  const within = Object.entries(there).map(([field, value]) => [`${counted.lies}.${field}`, value])
  return { ...reported.equals, companyId, ...Object.fromEntries(within) }
}

const targetsWithin = (plan: TargetPlanRow, scope: Scope): TargetPlanRow => ({
  ...plan,
  targets: plan.targets.filter(({ nodeKind, nodeId, orgPath }) => {
    const ownerId = nodeKind === 'person' ? nodeId : undefined
    return reaches(scope, { companyId: plan.companyId, ownerId, unitId: orgPath.at(-1), orgPath })
  }),
})

/** `permission_missing` names what the caller may not read of that which the report counts. */
export const countingFor = <N extends ReportName>(rows: Rows, call: Call, name: N): Counting<KindOf<N>> => {
  const reported = scopeOf(call)
  const scopes = new Map<Kind, Scope>(kindsOf(name).map((kind) => [kind, scopeAlso(call, KINDS[kind].permission)]))
  const readOf = (kind: Kind): Scope => {
    const read = scopes.get(kind)
    if (!read) throw new Error(`${name} does not count ${kind}`)
    return read
  }
  const everything = companyScope(call.actor.companyId)
  const readable = scopeIfAny(call, KINDS.order.permission)
  return {
    stream: (kind, filter) => {
      const conditions = conditionsOf(kind, { reported, read: readOf(kind) })
      const model: Model = KINDS[kind].rows
      return rows.stream(model, everything, { ...filter, ...conditions }) as AsyncGenerator<never>
    },
    async plans() {
      const scope = inBoth(reported, readOf('target'))
      return (await rows.where(targetPlans, call.actor.companyId)).map((plan) => targetsWithin(plan, scope))
    },
    orders: async (ids) => (readable ? rows.byIds(orders, readable, ids) : new Map<string, OrderRow>()),
  }
}
