import {
  HeadcountPlanSchema,
  type HeadcountService,
} from '@saleswright/contracts/saleswright/organization/v1/headcount_pb.ts'
import { type BusinessDate, covers, etagOf, expectEtag, newId, parseBusinessDate } from '@saleswright/kernel'
import { type Call, type Implementation, ownCompany, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, type Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { READ_DIRECTLY } from '../role/grants-of-person.ts'
import { todayIn } from '../today.ts'
import { type HeadcountPlan, plan, planAnew } from './headcount-plan.ts'
import { countedFor } from './staffing.ts'

export const headcountRpc = (books: Books): Implementation<typeof HeadcountService> => {
  const today = (call: Call) => todayIn(books, call.actor.companyId, call.at)

  const viewOn = async (tx: Pick<Tx, 'findBy'>, of: HeadcountPlan, on: BusinessDate) => {
    const actual = (await countedFor(tx, books, of)).filter((span) => covers(span, on)).length
    return {
      headcountPlanId: of.id,
      orgUnitId: of.orgUnitId,
      ...(of.positionId !== undefined && { positionId: of.positionId }),
      planned: of.planned,
      actual,
      gap: of.planned - actual,
      on,
      etag: etagOf(of),
    }
  }

  return {
    createHeadcountPlan: ({ orgUnitId, positionId, planned }, call) =>
      books.store.answer(call, HeadcountPlanSchema, async (tx) => {
        await tx.get(books.orgUnits, scopeOf(call), orgUnitId)
        if (positionId !== undefined) await tx.get(books.positions, ownCompany(call), positionId)
        const facts = { orgUnitId, planned, ...(positionId !== undefined && { positionId }) }
        const made = tx.save(books.headcountPlans, plan(newId(), call.actor.companyId, facts))
        return viewOn(tx, made, await today(call))
      }),

    getHeadcountPlan: async ({ headcountPlanId }, call) =>
      viewOn(READ_DIRECTLY, await books.headcountPlans.get(ownCompany(call), headcountPlanId), await today(call)),

    updateHeadcountPlan: ({ headcountPlanId, planned, etag }, call) =>
      books.store.answer(call, HeadcountPlanSchema, async (tx) => {
        const before = await tx.get(books.headcountPlans, ownCompany(call), headcountPlanId)
        await tx.get(books.orgUnits, scopeOf(call), before.orgUnitId)
        expectEtag(before, etag)
        return viewOn(tx, tx.save(books.headcountPlans, planAnew(before, planned)), await today(call))
      }),

    async listHeadcountPlans(request, call) {
      const { orgUnitId, positionId } = request
      const on = request.on === undefined ? await today(call) : parseBusinessDate(request.on)
      const page = await books.headcountPlans.list(ownCompany(call), queryOf(request, { orgUnitId, positionId }))
      const headcountPlans = await Promise.all(page.items.map((item) => viewOn(READ_DIRECTLY, item, on)))
      return { headcountPlans, ...pageFacts(page) }
    },
  }
}
