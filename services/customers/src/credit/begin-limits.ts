import { todayIn } from '@saleswright/directory'
import { type Cause, companyScope } from '@saleswright/kernel'
import type { Job } from '@saleswright/service'
import { beginCredit } from '../customer/customer.ts'
import type { Desk } from '../desk.ts'

/** No company is a day ahead of UTC by more than this. */
const FURTHEST_AHEAD_MS = 14 * 3_600_000

type Row = { readonly _id: string; readonly companyId: string }

/** Limits that waited for their day begin, by the day where their company is. Somewhere a day begins every hour. */
export const beginLimits = (desk: Desk, cause: () => Cause): Job => ({
  name: 'limits',
  cron: '10 * * * *',
  zone: 'UTC',
  async run() {
    const latest = new Date(cause().at.getTime() + FURTHEST_AHEAD_MS).toISOString().slice(0, 10)
    const due = desk.store.connection
      .collection<Row>('customers')
      .find({ 'nextCredit.from': { $lte: latest } }, { projection: { companyId: 1 } })
    for await (const { _id: id, companyId } of due) {
      await desk.store.transact(cause(), async (tx) => {
        const customer = await tx.get(desk.customers, companyScope(companyId), id)
        tx.save(desk.customers, beginCredit(customer, await todayIn(desk.directory, companyId, tx.at)))
      })
    }
  },
})
