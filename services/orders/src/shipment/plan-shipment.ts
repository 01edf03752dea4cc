import type { CreateShipmentRequest } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { companyScope, conflict, invalid, newId, parseQuantity } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { expectNotBefore, stepDate } from '../business-day.ts'
import type { Desk } from '../desk.ts'
import { reservedOf } from '../order/back-order.ts'
import type { Line, Order } from '../order/order.ts'
import { expectDecimals } from '../product/expect-decimals.ts'
import { beyond } from './load.ts'
import { plan, type Shipment, type ShipmentLine } from './shipment.ts'

/** A load of a released order. Two plans made at once may overlap; the second to ship is refused then. */
export const planShipment = async (
  desk: Desk,
  tx: Tx,
  request: CreateShipmentRequest,
  call: Call,
): Promise<Shipment> => {
  const order = await tx.get(desk.orders, scopeOf(call), request.orderId)
  checkReleased(order)
  const { id: orderId, companyId, ownerId, unitId, orgPath, partnerId, migrated } = order
  const businessDate = await stepDate(desk, order, call, request.businessDate)
  expectNotBefore(businessDate, order.businessDate, 'businessDate')
  // Whoever planned them: what somebody else has on a load is not there twice.
  const others = await tx.findBy(desk.shipments, companyScope(companyId), { orderId, status: 'planned' })
  const lines = linesOf(order, request, planned(others))
  const shipmentNo = await desk.store.numbers(companyId, 'SH', businessDate)
  const place = { companyId, ownerId, unitId, orgPath, ...(partnerId !== undefined && { partnerId }) }
  return tx.save(desk.shipments, plan({ ...place, id: newId(), shipmentNo, orderId, migrated, lines, businessDate }))
}

export const checkReleased = ({ status, orderNo }: Order): void => {
  if (status !== 'released' && status !== 'partially_shipped') throw conflict('order_not_released', { orderNo, status })
}

/** Some of the line is still to be produced. */
const notThere = ({ orderNo }: Order, { lineNo, waiting }: Line) =>
  conflict('waits_for_production', { orderNo, lineNo: String(lineNo), promisedOn: waiting?.promisedOn ?? '' })

const planned = (shipments: readonly Shipment[]): ReadonlyMap<number, bigint> => {
  const quantities = new Map<number, bigint>()
  for (const { lineNo, quantity } of shipments.flatMap(({ lines }) => lines)) {
    quantities.set(lineNo, (quantities.get(lineNo) ?? 0n) + quantity.thousandths)
  }
  return quantities
}

const linesOf = (
  order: Order,
  { lines: wanted }: CreateShipmentRequest,
  elsewhere: ReadonlyMap<number, bigint>,
): readonly ShipmentLine[] => {
  const open = order.lines.map((line) => ({
    lineNo: line.lineNo,
    quantity: {
      thousandths: reservedOf(line).thousandths - line.shipped.thousandths - (elsewhere.get(line.lineNo) ?? 0n),
    },
  }))
  if (wanted.length === 0) {
    const rest = open.filter(({ quantity }) => quantity.thousandths > 0n)
    if (rest.length === 0) throw conflict('nothing_to_ship', { orderNo: order.orderNo })
    return rest
  }
  return wanted.map(({ lineNo, quantity: text }, index) => {
    const quantity = parseQuantity(text)
    const line = open.find((one) => one.lineNo === lineNo)
    const wrong = (field: string, rule: string, message: string) =>
      invalid(rule, { lineNo: String(lineNo) }, [{ field: `lines[${index}].${field}`, rule, message }])
    if (wanted.findIndex((one) => one.lineNo === lineNo) < index) throw wrong('lineNo', 'line_twice', 'is named before')
    if (quantity.thousandths === 0n) throw wrong('quantity', 'quantity_zero', 'must be above zero')
    const ordered = order.lines.find((one) => one.lineNo === lineNo)
    if (!line || quantity.thousandths > line.quantity.thousandths) {
      throw ordered?.waiting ? notThere(order, ordered) : beyond(order.orderNo, { lineNo, quantity })
    }
    if (ordered) expectDecimals(quantity, ordered, `lines[${index}].quantity`)
    return { lineNo, quantity }
  })
}
