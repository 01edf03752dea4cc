import { wordOf } from '@saleswright/contracts'
import { TargetPlanSchema, type TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { expectEtag } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { createPlan } from './create-plan.ts'
import { targetsOf } from './editions.ts'
import { expectInside, expectReach, placeTargets } from './nodes.ts'
import { publishPlan } from './publish-plan.ts'
import { readTargets } from './read-targets.ts'
import { change, type TargetPlan } from './target-plan.ts'
import { BASIS, publishedTargetView, STATUS, targetPlanView } from './target-plan-view.ts'

type Named = { readonly targetPlanId: string; readonly etag: string }

export const targetRpc = (desk: Desk): Implementation<typeof TargetService> => {
  const { store, plans, directory } = desk
  const changing = (
    { targetPlanId, etag }: Named,
    call: Call,
    work: (tx: Tx, plan: TargetPlan) => Promise<TargetPlan>,
  ) =>
    store.answer(call, TargetPlanSchema, async (tx) => {
      const plan = await tx.get(plans, scopeOf(call), targetPlanId)
      expectEtag(plan, etag)
      return targetPlanView(await work(tx, plan))
    })
  return {
    createTargetPlan: (request, call) =>
      store.answer(call, TargetPlanSchema, async (tx) => targetPlanView(await createPlan(desk, tx, request, call))),
    getTargetPlan: async ({ targetPlanId }, call) => targetPlanView(await plans.get(scopeOf(call), targetPlanId)),
    updateTargetPlan: (request, call) =>
      changing(request, call, async (tx, plan) => {
        const given = readTargets(request.targets, plan)
        const placed = await placeTargets(directory, plan.companyId, given)
        expectReach(scopeOf(call), plan.companyId, placed)
        expectInside(plan, placed)
        return tx.save(plans, change(plan, { name: request.name, targets: given, by: call.actor.id }))
      }),
    publishTargetPlan: (request, call) =>
      changing(request, call, async (tx, plan) =>
        plan.status === 'published' ? plan : await publishPlan(desk, tx, plan, call),
      ),
    listTargetPlans: async (request, call) => {
      const { year, nodeId, basis, status } = request
      const filter = {
        ...(year && { period: { $gte: year, $lte: `${year}-Q4` } }),
        'node.id': nodeId,
        basis: wordOf(BASIS, basis),
        status: wordOf(STATUS, status),
      }
      const page = await plans.list(scopeOf(call), queryOf(request, filter))
      return { targetPlans: page.items.map(targetPlanView), ...pageFacts(page) }
    },
    listTargets: async (request, call) => {
      const { period, nodeId, basis, edition } = request
      const filter = { period, nodeId, basis: wordOf(BASIS, basis) }
      const page = await targetsOf(desk, edition).list(scopeOf(call), queryOf(request, filter))
      return { targets: page.items.map(publishedTargetView), ...pageFacts(page) }
    },
  }
}
