import { companyScope, periodOf } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { type Allocation, accrualId } from '../commission-line/commission-line.ts'
import { bookId, newBook, termOn } from '../commission-plan/plan-book.ts'
import type { Desk } from '../desk.ts'
import { applyChange } from './apply-change.ts'

/** Rates a payment by the plan of its day, or keeps it until there is one. */
export const accrue = async (desk: Desk, tx: Tx, allocation: Allocation): Promise<void> => {
  if (await rateByPlan(desk, tx, allocation)) return
  const { companyId } = allocation
  const book = (await tx.find(desk.books, companyScope(companyId), bookId(companyId))) ?? newBook(companyId)
  tx.put(desk.putOff, allocation)
  tx.put(desk.books, { ...book, putOff: book.putOff + 1 })
}

/** False where no plan is in force on the day of the payment. */
export const rateByPlan = async (desk: Desk, tx: Tx, allocation: Allocation): Promise<boolean> => {
  const { companyId, currency, allocatedOn } = allocation
  const book = await tx.find(desk.books, companyScope(companyId), bookId(companyId))
  const term = book && termOn(book, currency, allocatedOn)
  if (!term) return false
  await applyChange(desk, tx, {
    kind: 'accrual',
    allocation,
    allocationId: allocation.id,
    lineId: accrualId(allocation.id),
    causeId: allocation.id,
    by: allocation.basis,
    on: allocatedOn,
    earnedPeriod: periodOf(allocatedOn, term.periodicity),
  })
  return true
}
