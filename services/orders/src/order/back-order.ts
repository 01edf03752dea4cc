import { create } from '@bufbuild/protobuf'
import {
  OrderBackOrderedSchema,
  OrderBackOrderFilledSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type BusinessDate, type Decision, formatQuantity, type Quantity } from '@saleswright/kernel'
import { type Allotted, isShort } from './allot.ts'
import type { Line, Order } from './order.ts'

type Promised = { readonly promisedOn: BusinessDate; readonly date: BusinessDate }

/** R216: what is not there is produced; it waits with its line, and is promised for a day. */
export const backOrder = (
  order: Order,
  allotted: readonly Allotted[],
  { promisedOn, date }: Promised,
): Decision<Order> => {
  const lines = allotted.map((one): Line => {
    if (!isShort(one)) return one.line
    const quantity = { thousandths: one.line.quantity.thousandths - one.there.thousandths }
    return { ...one.line, waiting: { quantity, promisedOn } }
  })
  const event = create(OrderBackOrderedSchema, {
    orderId: order.id,
    businessDate: date,
    lines: lines.flatMap(({ lineNo, sku, waiting }) =>
      waiting ? [{ lineNo, sku, promisedOn, quantity: formatQuantity(waiting.quantity) }] : [],
    ),
  })
  return { next: { ...order, lines }, events: [event] }
}

/** Some of what a line waited for has come, and is reserved for it. */
export const fillLine = (order: Order, lineNo: number, came: Quantity, date: BusinessDate): Decision<Order> => {
  const sku = order.lines.find((line) => line.lineNo === lineNo)?.sku ?? ''
  const lines = order.lines.map((line) => (line.lineNo === lineNo ? served(line, came) : line))
  const quantity = formatQuantity(came)
  const event = create(OrderBackOrderFilledSchema, { orderId: order.id, businessDate: date, lineNo, sku, quantity })
  return { next: { ...order, lines }, events: [event] }
}

const served = ({ waiting, ...line }: Line, came: Quantity): Line => {
  const left = { thousandths: (waiting?.quantity.thousandths ?? 0n) - came.thousandths }
  return waiting && left.thousandths > 0n ? { ...line, waiting: { ...waiting, quantity: left } } : line
}

/** The lines of an order with what is reserved of each. */
export const reservedLines = ({ lines }: Pick<Order, 'lines'>): readonly Line[] =>
  lines.map((line) => ({ ...line, quantity: reservedOf(line) }))

export const reservedOf = ({ quantity, waiting }: Line): Quantity => ({
  thousandths: quantity.thousandths - (waiting?.quantity.thousandths ?? 0n),
})
