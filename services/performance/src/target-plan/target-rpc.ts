import { wordOf } from '@saleswright/contracts'
import { TargetPlanSchema, type TargetService } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { expectEtag } from '@saleswright/kernel'
import { type Call, type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { createPlan, targetsIn } from './create-plan.ts'
import { expectReach, placeTargets } from './nodes.ts'
import { publishPlan } from './publish-plan.ts'
import { change, type TargetPlan } from './target-plan.ts'
import { publishedTargetView, STATUS, targetPlanView } from './target-plan-view.ts'

type Named = { readonly targetPlanId: string; readonly etag: string }

export const targetRpc = (desk: Desk): Implementation<typeof TargetService> => {
  const { store, plans, targets, directory } = desk
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
        const given = targetsIn(request.targets, plan.currency)
        expectReach(scopeOf(call), plan.companyId, await placeTargets(directory, plan.companyId, given))
        return tx.save(plans, change(plan, { name: request.name, targets: given }))
      }),
    publishTargetPlan: (request, call) =>
      changing(request, call, async (tx, plan) =>
        plan.status === 'published' ? plan : await publishPlan(desk, tx, plan, call),
      ),
    listTargetPlans: async (request, call) => {
      const filter = { year: request.year, status: wordOf(STATUS, request.status) }
      const page = await plans.list(scopeOf(call), queryOf(request, filter))
      return { targetPlans: page.items.map(targetPlanView), ...pageFacts(page) }
    },
    listTargets: async (request, call) => {
      const filter = { period: request.period, nodeId: request.nodeId }
      const page = await targets.list(scopeOf(call), queryOf(request, filter))
      return { targets: page.items.map(publishedTargetView), ...pageFacts(page) }
    },
  }
}
