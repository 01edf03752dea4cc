import type { Message } from '@bufbuild/protobuf'
import type { BusinessDate } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { checkCredit, exposureOf } from '../exposure/expose.ts'
import { changeExposure } from '../exposure/exposure.ts'
import { stockDecisions } from '../stock-item/move-stock.ts'
import { reserve } from '../stock-item/stock-item.ts'
import { advance } from './advance.ts'
import { confirm, type Order } from './order.ts'
import { saveOrder } from './save-order.ts'

/** A confirmation that every rule has agreed to; `stage` writes it, behind the events that led to it. */
export type Confirmation = { readonly stage: (earlier?: readonly Message[]) => Order }

/**
 * The customer's word: reserves stock, and credit, in the transaction of the order.
 * Whatever refuses it does so before anything is written.
 */
export const confirmation = async (desk: Desk, tx: Tx, order: Order, date: BusinessDate): Promise<Confirmation> => {
  const decision = chain(confirm(order, date), (next) => advance(next, date))
  // Read side by side; where both refuse, the stock speaks first.
  const crediting = creditDecision(desk, tx, order, date)
  crediting.catch(() => undefined)
  const stock = await stockDecisions(desk, tx, order, reserve)
  const exposure = await crediting
  return {
    stage: (earlier = []) => {
      const decided = { next: decision.next, events: [...earlier, ...decision.events] }
      const stored = saveOrder({ desk, tx }, order, decided, date)
      if (exposure) tx.save(desk.exposures, exposure)
      for (const item of stock) tx.save(desk.stock, item)
      return stored
    },
  }
}

const creditDecision = async (desk: Desk, tx: Tx, order: Order, date: BusinessDate) => {
  if (order.terms !== 'credit') return undefined
  const { companyId, customerId, gross } = order
  const exposure = await exposureOf(desk, tx, { companyId, customerId, currency: gross.currency })
  await checkCredit({ desk, tx }, exposure, gross.minor, date)
  return changeExposure(exposure, { change: gross.minor, cause: 'order_confirmed', orderId: order.id })
}
