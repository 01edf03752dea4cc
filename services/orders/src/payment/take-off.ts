import { type BusinessDate, companyScope, type Money } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { collect as collectOrder } from '../order/facts.ts'
import type { Order } from '../order/order.ts'
import { post } from '../receivable/bill.ts'
import { giveBack, type Receivable } from '../receivable/receivable.ts'
import { reverse } from './allocation.ts'
import { type Allocation, onBill } from './payment.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }
type Off = {
  readonly receivable: Receivable
  readonly on: BusinessDate
  readonly reason: string
}

/** Takes everything off a bill that payments have put on it; the money is unapplied cash then. */
export const takeOff = async (room: Room, order: Order, off: Off): Promise<void> => {
  const { desk, tx } = room
  const { receivable } = off
  const collected = receivable.collected.minor
  if (collected === 0n) return
  const payments = await tx.findBy(desk.payments, companyScope(order.companyId), { 'allocations.orderId': order.id })
  for (const { id: paymentId, companyId, confirmedOn, allocations } of payments) {
    for (const allocation of allocations.filter((one) => one.receivableId === receivable.id)) {
      const amount = onBill(allocation)
      const on = laterOf(off.on, confirmedOn)
      if (amount.minor > 0n)
        await reverseShare(room, { companyId, paymentId, allocation, amount, on, reason: off.reason })
    }
  }
  const { companyId, customerId, gross } = order
  const account = { companyId, customerId, currency: gross.currency }
  const change = receivable.onCredit ? 0n : -collected
  await expose(desk, tx, account, { change, cause: 'order_cancelled', orderId: order.id })
}

/** Nothing is taken off before it was put on, whatever the date of an order that a migration brought. */
const laterOf = (date: BusinessDate, other: BusinessDate = date): BusinessDate => (date < other ? other : date)

type Reversing = {
  readonly companyId: string
  readonly paymentId: string
  readonly allocation: Allocation
  readonly amount: Money
  readonly on: BusinessDate
  readonly reason: string
}

/** Takes a part of an allocation off its bill: payment, bill, order and ledger change together. */
export const reverseShare = async ({ desk, tx }: Room, reversing: Reversing): Promise<Receivable> => {
  const { companyId, paymentId, allocation, amount, on, reason } = reversing
  const scope = companyScope(companyId)
  const receivableId = allocation.receivableId ?? ''
  const payment = await tx.get(desk.payments, scope, paymentId)
  const receivable = await tx.get(desk.receivables, scope, receivableId)
  const order = await tx.get(desk.orders, scope, receivable.orderId)
  const { decision, net } = giveBack(receivable, amount, on)
  const credited = tx.save(desk.orders, collectOrder(order, -amount.minor, on))
  tx.save(desk.payments, reverse(payment, { allocation, receivableId, amount, net, credited, on, reason }))
  post(desk, tx, credited, {
    kind: 'reversal',
    documentId: paymentId,
    step: `${allocation.id}|${allocation.reversed.minor}`,
    businessDate: on,
    amount,
  })
  return tx.save(desk.receivables, decision)
}
