import type { BusinessDate, Decision } from '@saleswright/kernel'
import { chain } from '../chain.ts'
import { acknowledgeStock, awaitFunds, confirmFunds, isCovered, type Order, type Status } from './order.ts'

/** What partners were shown of the stock they accept with their order; what a migration brought was acknowledged long ago. */
const needsNoClerk = ({ byPartner, stockHidden, migrated }: Order): boolean => migrated || (byPartner && !stockHidden)

const following = (order: Order): ((order: Order, date: BusinessDate) => Decision<Order>) | undefined => {
  if (order.status === 'customer_confirmed' && needsNoClerk(order)) return acknowledgeStock
  if (order.status === 'stock_acknowledged' && order.terms === 'prepay') return awaitFunds
  if (order.status === 'awaiting_funds' && isCovered(order) && !order.fundsConfirmed) return confirmFunds
  return undefined
}

/** Takes every step that needs nobody's word any more. */
export const advance = (order: Order, date: BusinessDate): Decision<Order> => {
  const step = following(order)
  return step ? chain(step(order, date), (next) => advance(next, date)) : { next: order, events: [] }
}

/** Where a step leads an order with what then follows by itself: who asks for the step again finds it there. */
export const hasCome = (order: Order, to: 'customer_confirmed' | 'stock_acknowledged'): boolean => {
  const waits: readonly Status[] = ['stock_acknowledged', 'awaiting_funds']
  return order.status === to || (waits.includes(order.status) && (to === 'stock_acknowledged' || needsNoClerk(order)))
}
