import { type BusinessDate, companyScope, type Money, subtract } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { collect as collectOrder } from '../order/facts.ts'
import type { Order } from '../order/order.ts'
import { giveBack, type Receivable } from '../receivable/receivable.ts'
import { type Allocation, type Payment, reverse } from './payment.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }
type Off = {
  readonly order: Order
  readonly receivable: Receivable
  readonly on: BusinessDate
  readonly reason: string
}

/** Takes everything off a receivable that payments have put on it; the money lies on account then. */
export const takeOff = async ({ desk, tx }: Room, off: Off): Promise<Order> => {
  const { order, receivable } = off
  const collected = receivable.collected.minor
  if (collected === 0n) return order
  const payments = await tx.findBy(desk.payments, companyScope(order.companyId), { 'allocations.orderId': order.id })
  let state: Reversed = { order, receivable }
  for (const found of payments) {
    if (found.status === 'recorded') continue
    let payment = found
    for (const allocation of found.allocations.filter((one) => one.receivableId === receivable.id)) {
      const amount = subtract(allocation.amount, allocation.reversed)
      if (amount.minor > 0n) {
        const on = laterOf(off.on, found.confirmedOn)
        const done = reverseShare({ desk, tx }, { ...off, ...state, payment, allocation, amount, on })
        payment = done.payment
        state = done
      }
    }
  }
  const { companyId, customerId, gross } = order
  const account = { companyId, customerId, currency: gross.currency }
  const change = receivable.onCredit ? 0n : -collected
  await expose(desk, tx, account, { change, cause: 'order_cancelled', orderId: order.id })
  return state.order
}

/** Nothing is taken off before it was put on, whatever the date of an order that a migration brought. */
const laterOf = (date: BusinessDate, other: BusinessDate = date): BusinessDate => (date < other ? other : date)

type Reversed = { readonly order: Order; readonly receivable: Receivable }
type Share = Off & { readonly payment: Payment; readonly allocation: Allocation; readonly amount: Money }

/** Takes a part of an allocation off its receivable, off its order, and tells it on the payment. */
export const reverseShare = ({ desk, tx }: Room, share: Share): Reversed & { readonly payment: Payment } => {
  const { order, allocation, amount, on, reason } = share
  const { decision, net } = giveBack(share.receivable, amount, on)
  const payment = tx.save(
    desk.payments,
    reverse(share.payment, { allocation, credited: order, net, on, amount, reason }),
  )
  return {
    payment,
    receivable: tx.save(desk.receivables, decision),
    order: tx.save(desk.orders, collectOrder(order, -amount.minor, on)),
  }
}
