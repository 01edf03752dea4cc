import { addDays, type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Order } from '../order/order.ts'
import { putOnBill } from '../payment/put-on-bill.ts'
import { cover, type PaymentRequest } from '../payment-request/payment-request.ts'
import { type Bill, bill } from './bill.ts'
import type { Receivable } from './receivable.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** On credit: bills what has left the house (R214). */
export const billShipment = (
  { desk, tx }: Room,
  order: Order,
  shipped: Pick<Bill, 'billed' | 'amount' | 'net' | 'on'>,
): Receivable | undefined => bill(desk, tx, { order, ...shipped, due: addDays(shipped.on, desk.creditDays) })

/**
 * Prepaid: bills the order, and the money that waited comes onto the bill, all on one day (decisions 49). That day is that of the
 * confirmation which brought the last of it, and never before an earlier one.
 */
export const billPrepaid = async (room: Room, request: PaymentRequest, on: BusinessDate): Promise<Receivable> => {
  const { desk, tx } = room
  const scope = companyScope(request.companyId)
  const order = await tx.get(desk.orders, scope, request.orderId)
  const payments = await tx.findEach(
    desk.payments,
    scope,
    request.reservations.map(({ paymentId }) => paymentId),
  )
  const days = [on, request.requestedOn, ...payments.map((payment) => payment?.confirmedOn ?? on)]
  const day = days.toSorted().at(-1) ?? on
  const receivable = bill(desk, tx, { order, billed: order.id, amount: order.gross, net: order.net, on: day, due: day })
  if (!receivable) throw new Error(`order ${order.orderNo} has nothing to bill`)
  tx.save(desk.paymentRequests, cover(request, receivable.id, day))
  for (const reservation of request.reservations) {
    await putOnBill(room, { ...reservation, companyId: request.companyId, receivableId: receivable.id, on: day })
  }
  return tx.get(desk.receivables, scope, receivable.id)
}
