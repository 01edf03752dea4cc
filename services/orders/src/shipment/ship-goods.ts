import {
  type DeliverRequest,
  type ShipRequest,
  ShipRequestSchema,
} from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { expectEtag } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import { expectNotBefore, stepDate } from '../business-day.ts'
import { arrive, ship as shipOrder } from '../order/order.ts'
import { orderOf, recheckCredit, type Step } from '../order/order-steps.ts'
import { billShipment } from '../receivable/billing.ts'
import { moveStock, stockOf } from '../stock-item/move-stock.ts'
import { issue } from '../stock-item/stock-item.ts'
import { load } from './load.ts'
import { checkReleased } from './plan-shipment.ts'
import { deliver, type Shipment, ship } from './shipment.ts'

/**
 * Hands goods to the carrier: takes them from stock, and on credit bills what has left (R222, R231, R232). `dayField` is the field in
 * which the caller sent the day.
 */
export const shipGoods = async (step: Step, request: ShipRequest, dayField = 'on'): Promise<Shipment> => {
  const { desk, tx, call } = step
  const found = await tx.get(desk.shipments, scopeOf(call), request.shipmentId)
  expectEtag(found, request.etag)
  if (found.status === 'shipped' && sameLoad(found, request)) return found
  const order = await orderOf(step, found.companyId, found.orderId)
  const on = expectNotBefore(await stepDate(desk, found, call, request.on), order.businessDate, dayField)
  const { carrier, waybillNo, photoIds } = request
  if (found.status === 'planned') checkReleased(order)
  const { lines, parts, net, gross } = load(order, found.status === 'planned' ? found.lines : [])
  const shipment = ship(found, { carrier, waybillNo, photoIds, parts, on })
  const shipped = shipOrder(order, { lines, shipmentId: found.id, date: on })
  await recheckCredit(step, order, on)
  const leaving = { ...order, lines: parts }
  const stock = moveStock(await stockOf(step, leaving), leaving, issue)
  const document = { companyId: found.companyId, name: `orders/shipments/${found.id}` }
  await desk.files.claim(document, ShipRequestSchema, request)
  const stored = tx.save(desk.shipments, shipment)
  const next = tx.save(desk.orders, shipped)
  if (order.terms === 'credit') {
    billShipment(step, next, { billed: found.id, amount: gross, net, on })
  }
  for (const item of stock) tx.save(desk.stock, item)
  return stored
}

const sameLoad = (shipment: Shipment, { carrier, waybillNo, photoIds }: ShipRequest): boolean =>
  (shipment.carrier ?? '') === carrier &&
  (shipment.waybillNo ?? '') === waybillNo &&
  shipment.photoIds.join() === photoIds.join()

/** The goods have arrived (R227); the order is delivered with its last shipment. */
export const deliverGoods = async (step: Step, request: DeliverRequest, dayField = 'on'): Promise<Shipment> => {
  const { desk, tx, call } = step
  const found = await tx.get(desk.shipments, scopeOf(call), request.shipmentId)
  expectEtag(found, request.etag)
  if (found.status === 'delivered' && (found.receivedBy ?? '') === request.receivedBy) return found
  const on = expectNotBefore(await stepDate(desk, found, call, request.on), found.shippedOn, dayField)
  const delivered = deliver(found, { on, receivedBy: request.receivedBy })
  const order = await orderOf(step, found.companyId, found.orderId)
  const arrived = arrive(order, found.id, on)
  const stored = tx.save(desk.shipments, delivered)
  tx.save(desk.orders, arrived)
  return stored
}
