import { companyScope, conflict, mayMigrate } from '@saleswright/kernel'
import { type Call, mayTell, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { expectInside, expectReach, placeTargets } from './nodes.ts'
import { type PublishedTarget, publishedTarget } from './published-target.ts'
import { isOwn, publish, supersede, type TargetPlan, yearOf } from './target-plan.ts'
import { expectSums, type PlacedTarget } from './target-rows.ts'
import { type TargetYear, targetYearId } from './target-year.ts'

/** Puts the targets of a draft in force, once they add up among themselves and with those that are in force beside them. */
export const publishPlan = async (desk: Desk, tx: Tx, plan: TargetPlan, call: Call): Promise<TargetPlan> => {
  const { companyId, basis, currency, supersedesId } = plan
  const seen = await publicationsOf(desk, tx, plan)
  const placed = await placeTargets(desk.directory, companyId, plan.targets)
  expectReach(scopeOf(call), companyId, placed)
  expectInside(plan, placed)
  const decision = publish(plan, { id: call.actor.id, mayMigrate: mayMigrate(call.actor) }, placed)
  const own = placed.map((target) => publishedTarget(plan, target))
  const before = await tx.findBy(desk.targets, companyScope(companyId), { year: yearOf(plan.period), basis })
  const replaced = before.filter(({ planId }) => planId === supersedesId)
  const beside = before.filter((target) => target.planId !== supersedesId && target.own === isOwn(plan))
  await expectNone(desk, tx, call, { beside, own })
  expectSums([...beside.filter((target) => target.currency === currency), ...placed], currency, mayTellOf(call))
  await replace(desk, tx, { replaced, own })
  if (supersedesId === undefined) await keepOriginals(desk, tx, companyId, own)
  else tx.save(desk.plans, supersede(await tx.get(desk.plans, companyScope(companyId), supersedesId), plan.id))
  tx.put(desk.years, { ...seen, publications: seen.publications + 1 })
  return tx.save(desk.plans, decision)
}

/** Of a target that lies above the caller's reach no amount is told. */
const mayTellOf =
  (call: Call) =>
  ({ node, orgPath }: PlacedTarget): boolean => {
    const ownerId = node.kind === 'person' ? node.id : undefined
    const there = { companyId: call.actor.companyId, ownerId, unitId: orgPath.at(-1), orgPath }
    return ['targets.read', call.permission].some((permission) => mayTell(call, permission, there))
  }

type Beside = { readonly beside: readonly PublishedTarget[]; readonly own: readonly PublishedTarget[] }

/** A node has one target of a kind for a period, in whichever plan of a unit; callers who may read that plan are given its id. */
const expectNone = async ({ plans }: Desk, tx: Tx, call: Call, { beside, own }: Beside): Promise<void> => {
  const known = new Map(beside.map((target) => [target.id, target]))
  const twice = own.map(({ id }) => known.get(id)).find((target) => target !== undefined)
  if (!twice) return
  const { node, period, planId } = twice
  const plan = await tx.get(plans, companyScope(call.actor.companyId), planId)
  const named = mayTell(call, 'targets.read', plan) && { planId }
  throw conflict('target_duplicate', { node: node.id, period, ...named })
}

type Replacement = { readonly replaced: readonly PublishedTarget[]; readonly own: readonly PublishedTarget[] }

const replace = async ({ targets }: Desk, tx: Tx, { replaced, own }: Replacement): Promise<void> => {
  const left = new Map(replaced.map((target) => [target.id, target]))
  for (const target of own) {
    tx.put(targets, { ...target, version: left.get(target.id)?.version ?? 0 })
    left.delete(target.id)
  }
  for (const target of left.values()) tx.remove(targets, target)
}

/** What was published first for a node, period, basis and kind is the original, in whichever plan it was. */
const keepOriginals = async (
  { originals }: Desk,
  tx: Tx,
  companyId: string,
  own: readonly PublishedTarget[],
): Promise<void> => {
  const ids = own.map(({ id }) => id)
  const known = await tx.findEach(originals, companyScope(companyId), ids)
  own.forEach((target, index) => {
    if (!known[index]) tx.put(originals, target)
  })
}

/** Read before the targets are: whoever publishes meanwhile makes this publication begin again. */
const publicationsOf = async ({ years }: Desk, tx: Tx, { companyId, period }: TargetPlan): Promise<TargetYear> => {
  const id = targetYearId(companyId, yearOf(period))
  return (await tx.find(years, companyScope(companyId), id)) ?? { id, version: 0, companyId, publications: 0 }
}
