import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { OrderReducedSchema } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { add, type BusinessDate, conflict, type Decision, extend, type Quantity, sum, taxOn } from '@saleswright/kernel'
import { type Allotted, isShort } from './allot.ts'
import type { Line, Order } from './order.ts'
import { soldLine } from './sold-line.ts'

type Reducing = {
  /** Who is not shown the stock does not learn it from what is left of a line: short lines go as a whole. */
  readonly whole: boolean
  readonly date: BusinessDate
}

/** What is there of the order, and nothing else; undefined where nothing is. */
export const reduce = (
  order: Order,
  allotted: readonly Allotted[],
  { whole, date }: Reducing,
): Decision<Order> | undefined => {
  // What was decided about was a price for the whole.
  if (order.priceApproval === 'approved') throw conflict('price_approved_for_whole', { orderNo: order.orderNo })
  const lines = allotted.flatMap((one): readonly Line[] => {
    if (!isShort(one)) return [one.line]
    return whole || one.there.thousandths === 0n ? [] : [shortened(one.line, one.there)]
  })
  if (lines.length === 0) return undefined
  const total = (amount: 'net' | 'tax' | 'gross') =>
    sum(
      order.gross.currency,
      lines.map((line) => line[amount]),
    )
  const next = { ...order, lines, net: total('net'), tax: total('tax'), gross: total('gross') }
  const event = create(OrderReducedSchema, {
    orderId: order.id,
    businessDate: date,
    lines: lines.map(soldLine),
    net: moneyMessage(next.net),
    tax: moneyMessage(next.tax),
    gross: moneyMessage(next.gross),
  })
  return { next, events: [event] }
}

const shortened = (line: Line, quantity: Quantity): Line => {
  const net = extend(line.unitPrice, quantity, line.discountRate)
  const tax = taxOn(net, line.taxRate)
  return { ...line, quantity, net, tax, gross: add(net, tax) }
}
