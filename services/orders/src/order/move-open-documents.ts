import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Filter, Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { handOverPayment } from '../payment/hand-over.ts'
import { handOverRequest } from '../payment-request/payment-request.ts'
import { handOverReceivable } from '../receivable/receivable.ts'
import { handOverShipment } from '../shipment/shipment.ts'
import { handOver } from './facts.ts'
import type { Order } from './order.ts'

type Place = Pick<Order, 'ownerId' | 'unitId' | 'orgPath'>
type Move = {
  readonly companyId: string
  readonly filter: Filter
  readonly place: (of: Pick<Place, 'ownerId'>) => Place
  readonly date: BusinessDate
}

/** Rewrites whose an order is while it is open, and what is open of it; closed documents keep their place (decisions 3). */
export const moveOpenDocuments = async (
  desk: Desk,
  tx: Tx,
  { companyId, filter, place, date }: Move,
): Promise<void> => {
  const scope = companyScope(companyId)
  const closed = ['completed', 'cancelled']
  const orders = await tx.findBy(desk.orders, scope, { ...filter, status: { $nin: closed } })
  const receivables = await tx.findBy(desk.receivables, scope, { ...filter, status: 'open' })
  const requests = await tx.findBy(desk.paymentRequests, scope, { ...filter, status: 'open' })
  const payments = await tx.findBy(desk.payments, scope, { ...filter, status: 'recorded' })
  const ofOrders = { orderId: { $in: orders.map(({ id }) => id) }, status: { $in: ['planned', 'shipped'] } }
  const shipments = orders.length === 0 ? [] : await tx.findBy(desk.shipments, scope, ofOrders)
  for (const order of orders) tx.save(desk.orders, handOver(order, place(order), date))
  for (const receivable of receivables) {
    tx.save(desk.receivables, handOverReceivable(receivable, place(receivable), date))
  }
  for (const request of requests) tx.save(desk.paymentRequests, handOverRequest(request, place(request), date))
  for (const payment of payments) tx.save(desk.payments, handOverPayment(payment, place(payment), date))
  for (const shipment of shipments) tx.save(desk.shipments, handOverShipment(shipment, place(shipment), date))
}
