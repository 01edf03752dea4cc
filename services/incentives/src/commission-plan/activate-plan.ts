import { todayIn } from '@saleswright/directory'
import { companyScope, mayMigrate } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { activate, type CommissionPlan, end } from './commission-plan.ts'
import { bookId, fit, newBook } from './plan-book.ts'

/** Sets a plan in force from its day on; the one that was in force then ends there. */
export const activatePlan = async (
  { plans, books, directory }: Desk,
  tx: Tx,
  plan: CommissionPlan,
  call: Call,
): Promise<CommissionPlan> => {
  const { companyId, id: planId, currency, periodicity, tiers, validFrom: from } = plan
  const book = (await tx.find(books, companyScope(companyId), bookId(companyId))) ?? newBook(companyId)
  const today = await todayIn(directory, companyId, call.at)
  const { terms, added, ended } = fit(book, { planId, currency, periodicity, tiers, from }, today)
  const decision = activate(plan, { id: call.actor.id, mayMigrate: mayMigrate(call.actor) }, added.until)
  if (ended?.until !== undefined) {
    tx.save(plans, end(await tx.get(plans, companyScope(companyId), ended.planId), ended.until))
  }
  tx.put(books, { ...book, terms })
  return tx.save(plans, decision)
}
