import { type BusinessDate, companyScope, withheld } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { creditOn } from '../customer/customer.ts'
import { readsCustomer } from '../customer/reads-customer.ts'
import type { Desk } from '../desk.ts'
import { changeExposure, type Exposure, type ExposureCause, emptyExposure, fits, limitExceeded } from './exposure.ts'
import { exposureId } from './exposure-store.ts'

type Account = { readonly companyId: string; readonly customerId: string; readonly currency: string }

export const exposureOf = async ({ exposures }: Desk, tx: Tx, account: Account): Promise<Exposure> => {
  const { companyId, customerId, currency } = account
  const id = exposureId(companyId, customerId, currency)
  const found = await tx.find(exposures, companyScope(companyId), id)
  return found ?? emptyExposure({ id, companyId, customerId }, currency)
}

/** R240, R241: refuses what does not fit under the limit of the day; `customers` is asked before (decisions 24). */
export const checkCredit = async (
  { desk, tx }: { readonly desk: Desk; readonly tx: Tx },
  exposure: Exposure,
  more: bigint,
  date: BusinessDate,
): Promise<void> => {
  const { companyId, customerId } = exposure
  const known = await desk.customers.get(tx, companyId, customerId)
  if (fits(exposure, more, creditOn(known, date))) return
  const limit = creditOn(await desk.customers.fresh(companyId, customerId), date)
  if (fits(exposure, more, limit)) return
  const refusal = limitExceeded(exposure, more, limit)
  throw (await readsCustomer(desk, tx.cause.actor, known, date)) ? refusal : withheld(refusal, 'customerId')
}

/** Changes the account without asking: money came or went, or something was given up. The account is taken last. */
export const expose = async (
  desk: Desk,
  tx: Tx,
  account: Account,
  change: { readonly change: bigint; readonly cause: ExposureCause; readonly orderId?: string },
): Promise<void> => {
  if (change.change === 0n) return
  tx.save(desk.exposures, changeExposure(await exposureOf(desk, tx, account), change))
}
