import { readMoney, wordOf } from '@saleswright/contracts'
import type {
  CreateTargetPlanRequest,
  Target as TargetMessage,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { companyScope, conflict, invalid, newId, type Params, readExternalRef } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { expectReach, placeTargets } from './nodes.ts'
import { draft, type Target, type TargetPlan } from './target-plan.ts'
import { KIND } from './target-plan-view.ts'

/** Each unit has one plan a year, in revisions; that of the root holds for the whole company. */
export const createPlan = async (
  desk: Desk,
  tx: Tx,
  request: CreateTargetPlanRequest,
  call: Call,
): Promise<TargetPlan> => {
  const { companyId, id: ownerId } = call.actor
  const place = await placeOfPlan(desk, call)
  const { year, currencyCode: currency, supersedesId } = request
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.plans, companyId, externalRef)
  const targets = targetsIn(request.targets, currency)
  expectReach(scopeOf(call), companyId, await placeTargets(desk.directory, companyId, targets))
  const revision = await nextRevision(desk, tx, { ...place, companyId, year, currency, supersedesId })
  const facts = { id: newId(), companyId, ownerId, ...place, name: request.name, year, currency, revision }
  const reason = request.reason || undefined
  return tx.save(desk.plans, draft({ ...facts, targets, supersedesId, reason, externalRef }))
}

const placeOfPlan = async ({ directory }: Desk, { actor, permission }: Call) => {
  const { companyId } = actor
  if (actor.grants.get(permission) === 'company' || actor.unitId === undefined) {
    const { rootUnitId } = await directory.company(companyId)
    return { unitId: rootUnitId, orgPath: [rootUnitId] }
  }
  const { unitId, orgPath } = await directory.unit(companyId, actor.unitId)
  return { unitId, orgPath }
}

type Line = Pick<TargetPlan, 'companyId' | 'unitId' | 'year' | 'currency' | 'supersedesId'>

/** `target_plan_exists` names the plan that is in the way: one of the unit and year, or a revision that somebody drafts already. */
const nextRevision = async ({ plans }: Desk, tx: Tx, line: Line): Promise<number> => {
  const { companyId, unitId, year, currency, supersedesId } = line
  const known = await tx.findBy(plans, companyScope(companyId), { unitId, year })
  const inTheWay = known.find(({ id, status }) => status !== 'superseded' && id !== supersedesId)
  if (inTheWay) throw conflict('target_plan_exists', { id: inTheWay.id, year })
  if (supersedesId === undefined) return known.length + 1
  const old = known.find(({ id }) => id === supersedesId)
  if (old?.status !== 'published' || old.currency !== currency) throw conflict('nothing_to_supersede', { year })
  return known.length + 1
}

/** Targets out of a request, all in the currency of their plan. */
export const targetsIn = (targets: readonly TargetMessage[], currency: string): readonly Target[] =>
  targets.map(({ node, period, amount }, index) => {
    const wrong = (field: string, rule: string, params: Params, message: string) =>
      invalid(rule, params, [{ field: `targets[${index}].${field}`, rule, message }])
    const kind = wordOf(KIND, node?.kind ?? 0)
    if (!kind || !node) throw wrong('node.kind', 'node_kind_needed', {}, 'is required')
    const money = readMoney(amount ?? { currencyCode: currency, amount: '0' })
    const mixed = { left: currency, right: money.currency }
    if (money.currency !== currency) throw wrong('amount', 'mixed_currencies', mixed, `must be in ${currency}`)
    return { node: { kind, id: node.id }, period, amount: money.minor }
  })
