import { type BusinessDate, companyScope, type Money } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { advance } from '../order/advance.ts'
import { collect as collectOrder } from '../order/facts.ts'
import { post } from '../receivable/bill.ts'
import { collect, type Receivable } from '../receivable/receivable.ts'
import { apply } from './allocation.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

type Putting = {
  readonly companyId: string
  readonly paymentId: string
  readonly allocationId: string
  readonly receivableId: string
  readonly amount: Money
  readonly on: BusinessDate
}

/** Money of a confirmed payment comes onto a bill: payment, bill, order and ledger change together. */
export const putOnBill = async ({ desk, tx }: Room, putting: Putting): Promise<Receivable> => {
  const { companyId, paymentId, allocationId, receivableId, amount, on } = putting
  const scope = companyScope(companyId)
  const payment = await tx.get(desk.payments, scope, paymentId)
  const receivable = await tx.get(desk.receivables, scope, receivableId)
  const order = await tx.get(desk.orders, scope, receivable.orderId)
  const allocation = payment.allocations.find(({ id }) => id === allocationId)
  if (!allocation) throw new Error(`payment ${paymentId} has no allocation ${allocationId}`)
  const { decision, net } = collect(receivable, amount, on)
  const stored = tx.save(desk.receivables, decision)
  const credited = tx.save(
    desk.orders,
    chain(collectOrder(order, amount.minor, on), (next) => advance(next, on)),
  )
  tx.save(desk.payments, apply(payment, { allocation, receivableId, amount, net, credited, on }))
  const line = { kind: 'allocation', documentId: paymentId, step: allocationId, businessDate: on, amount } as const
  post(desk, tx, credited, line)
  return stored
}
