import type { WithdrawShipmentRequest } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { type BusinessDate, companyScope, expectEtag } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import { stepDate } from '../business-day.ts'
import type { Order } from '../order/order.ts'
import type { Step } from '../order/order-steps.ts'
import { type Shipment, withdraw } from './shipment.ts'

/** Gives up a load that has not left the house. */
export const withdrawGoods = async (
  { desk, tx, call }: Step,
  { shipmentId, reason, etag }: WithdrawShipmentRequest,
): Promise<Shipment> => {
  const found = await tx.get(desk.shipments, scopeOf(call), shipmentId)
  expectEtag(found, etag)
  if (found.status === 'withdrawn' && found.withdrawReason === reason) return found
  const on = await stepDate(desk, found, call)
  return tx.save(desk.shipments, withdraw(found, { on, reason }))
}

/** The loads of an order that will not leave, because it is cancelled. */
export const withdrawPlanned = async (
  { desk, tx }: Omit<Step, 'call'>,
  { id: orderId, companyId }: Order,
  { on, reason }: { readonly on: BusinessDate; readonly reason: string },
): Promise<void> => {
  const planned = await tx.findBy(desk.shipments, companyScope(companyId), { orderId, status: 'planned' })
  for (const shipment of planned) tx.save(desk.shipments, withdraw(shipment, { on, reason }))
}
