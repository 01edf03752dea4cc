import { wordOf } from '@saleswright/contracts'
import {
  CommissionPlanSchema,
  type CommissionPlanService,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { expectEtag } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { activatePlan } from './activate-plan.ts'
import { commissionPlanView, STATUS } from './commission-plan-view.ts'
import { createPlan } from './create-plan.ts'

export const commissionPlanRpc = (desk: Desk): Implementation<typeof CommissionPlanService> => {
  const { store, plans } = desk
  return {
    createCommissionPlan: (request, call) =>
      store.answer(call, CommissionPlanSchema, async (tx) =>
        commissionPlanView(await createPlan(desk, tx, request, call)),
      ),
    getCommissionPlan: async ({ commissionPlanId }, call) =>
      commissionPlanView(await plans.get(ownCompany(call), commissionPlanId)),
    activateCommissionPlan: ({ commissionPlanId, etag }, call) =>
      store.answer(call, CommissionPlanSchema, async (tx) => {
        const plan = await tx.get(plans, wholeCompany(call), commissionPlanId)
        expectEtag(plan, etag)
        return commissionPlanView(plan.status === 'active' ? plan : await activatePlan(desk, tx, plan, call))
      }),
    listCommissionPlans: async (request, call) => {
      const page = await plans.list(ownCompany(call), queryOf(request, { status: wordOf(STATUS, request.status) }))
      return { commissionPlans: page.items.map(commissionPlanView), ...pageFacts(page) }
    },
  }
}
