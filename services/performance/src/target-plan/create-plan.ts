import { wordOf } from '@saleswright/contracts'
import type { CreateTargetPlanRequest } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { companyScope, conflict, invalid, newId, readExternalRef } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { expectInside, expectReach, locate, placeTargets } from './nodes.ts'
import { readNode, readTargets } from './read-targets.ts'
import { draft, isCount, type Node, type TargetPlan } from './target-plan.ts'
import { BASIS } from './target-plan-view.ts'

/** A unit or a person has one plan for a period and a basis, in revisions; that of the root holds for the whole company. */
export const createPlan = async (
  desk: Desk,
  tx: Tx,
  request: CreateTargetPlanRequest,
  call: Call,
): Promise<TargetPlan> => {
  const { companyId, id: makerId } = call.actor
  const { period, name, supersedesId } = request
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.plans, companyId, externalRef)
  const counted = countedIn(request)
  const node = request.node ? readNode(request.node, 'node') : await ownNode(desk, call)
  const { orgPath } = await locate(desk.directory, companyId, node, period)
  const targets = readTargets(request.targets, counted)
  const placed = await placeTargets(desk.directory, companyId, targets)
  expectReach(scopeOf(call), companyId, [{ node, orgPath }, ...placed])
  expectInside({ node }, placed)
  const line = { companyId, node, period, ...counted }
  const revision = await nextRevision(desk, tx, { ...line, supersedesId })
  const ownerId = node.kind === 'person' ? node.id : makerId
  const facts = {
    id: newId(),
    ...line,
    ownerId,
    unitId: orgPath.at(-1) ?? '',
    orgPath,
    makerIds: [makerId],
    name,
    revision,
  }
  const reason = request.reason || undefined
  return tx.save(desk.plans, draft({ ...facts, targets, supersedesId, reason, externalRef }))
}

/** What is counted, and in which currency where it is money. */
const countedIn = (request: CreateTargetPlanRequest): Pick<TargetPlan, 'basis' | 'currency'> => {
  const wrong = (field: string, rule: string, message: string) => invalid(rule, {}, [{ field, rule, message }])
  const basis = wordOf(BASIS, request.basis)
  const currency = request.currencyCode
  if (!basis) throw wrong('basis', 'basis_needed', 'is required')
  if (isCount(basis) && currency !== undefined) throw wrong('currencyCode', 'target_is_count', 'must be left out')
  if (!isCount(basis) && currency === undefined) throw wrong('currencyCode', 'target_is_money', 'is required')
  return { basis, currency }
}

/** Whose plan it is where nobody is named: as far as the permission reaches, the person, their unit, or the company. */
const ownNode = async ({ directory }: Desk, { actor, permission }: Call): Promise<Node> => {
  const reach = actor.grants.get(permission)
  if (reach === 'self') return { kind: 'person', id: actor.id }
  if (reach === 'company' || actor.unitId === undefined) {
    return { kind: 'org_unit', id: (await directory.company(actor.companyId)).rootUnitId }
  }
  return { kind: 'org_unit', id: actor.unitId }
}

type Line = Pick<TargetPlan, 'companyId' | 'node' | 'period' | 'basis' | 'currency' | 'supersedesId'>

/** `target_plan_exists` names the plan that is in the way: one of the same line, or a revision that somebody drafts already. */
const nextRevision = async ({ plans }: Desk, tx: Tx, line: Line): Promise<number> => {
  const { companyId, node, period, basis, currency, supersedesId } = line
  const known = await tx.findBy(plans, companyScope(companyId), { 'node.id': node.id, period, basis })
  const inTheWay = known.find(({ id, status }) => status !== 'superseded' && id !== supersedesId)
  if (inTheWay) throw conflict('target_plan_exists', { id: inTheWay.id, period })
  if (supersedesId === undefined) return known.length + 1
  const old = known.find(({ id }) => id === supersedesId)
  if (old?.status !== 'published' || old.currency !== currency) throw conflict('nothing_to_supersede', { period })
  return known.length + 1
}
