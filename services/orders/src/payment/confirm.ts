import type { Decision } from '@saleswright/kernel'
import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { advance } from '../order/advance.ts'
import { collect as collectOrder } from '../order/facts.ts'
import { post } from '../receivable/bill.ts'
import { collect } from '../receivable/receivable.ts'
import { type Allocation, allocated, confirmPayment, misplaced, onAccount, type Payment } from './payment.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }
type Confirmation = { readonly by: string; readonly on: BusinessDate }

/**
 * Finance has seen the money (R223): it finds its receivables, and an order whose money is complete waits for it no more.
 * Payment, receivables, orders and exposure change together.
 */
export const confirmAndAllocate = async (
  room: Room,
  { next: payment, events }: Decision<Payment>,
  { by, on }: Confirmation,
): Promise<Payment> => {
  let decision = chain({ next: payment, events }, (recorded) => confirmPayment(recorded, { by, on }))
  let onCredit = 0n
  for (const allocation of payment.allocations) {
    const share = await place(room, payment, allocation, on)
    decision = chain(decision, (next) =>
      share ? allocated(next, { allocation, ...share, on }) : { next: misplaced(next, allocation), events: [] },
    )
    if (share?.onCredit) onCredit += allocation.amount.minor
  }
  const { desk, tx } = room
  const stored = tx.save(desk.payments, decision)
  const account = { ...payment, currency: payment.amount.currency }
  await expose(desk, tx, account, { change: -(onCredit + onAccount(stored).minor), cause: 'payment' })
  return stored
}

/** Puts one allocation on its receivable and its order, and writes it into the ledger; nowhere if they were cancelled meanwhile. */
const place = async ({ desk, tx }: Room, payment: Payment, allocation: Allocation, on: BusinessDate) => {
  const scope = companyScope(payment.companyId)
  const receivable = await tx.get(desk.receivables, scope, allocation.receivableId)
  const order = await tx.get(desk.orders, scope, receivable.orderId)
  const line = { kind: 'payment', documentId: payment.id, step: allocation.id, businessDate: on } as const
  if (receivable.status === 'cancelled') {
    post(desk, tx, order, { ...line, amount: allocation.amount })
    return undefined
  }
  const { decision, net } = collect(receivable, allocation.amount, on)
  tx.save(desk.receivables, decision)
  const credited = tx.save(
    desk.orders,
    chain(collectOrder(order, allocation.amount.minor, on), (next) => advance(next, on)),
  )
  post(desk, tx, credited, { ...line, amount: allocation.amount })
  return { net, credited, onCredit: receivable.onCredit }
}
