import { type Cause, companyScope } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { rateByPlan } from './accrue.ts'

const PORTION = 100

/** Rates what had no plan and has one now, in portions of their own: whoever begins again goes on with what is left. */
export const ratePutOff = async (desk: Desk, cause: Cause, companyId: string): Promise<void> => {
  const all = companyScope(companyId)
  let last = ''
  for (;;) {
    const portion = await desk.putOff.findBy(all, { _id: { $gt: last } }, { sort: ['_id'], limit: PORTION })
    if (portion.length === 0) return
    last = portion.at(-1)?.id ?? last
    await desk.store.transact(cause, async (tx) => {
      for (const { id } of portion) {
        const waiting = await tx.find(desk.putOff, all, id)
        if (waiting && (await rateByPlan(desk, tx, waiting))) tx.remove(desk.putOff, waiting)
      }
    })
  }
}
