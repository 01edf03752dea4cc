import { conflict, formatQuantity, type Money, type Quantity, ratio, subtract, sum } from '@saleswright/kernel'
import type { Line, Order } from '../order/order.ts'
import type { Part, ShipmentLine } from './shipment.ts'

/** What leaves the house: the lines of the order afterwards, the parts, and what they are worth. */
export type Loaded = {
  readonly lines: readonly Line[]
  readonly parts: readonly (Part & { readonly fromStock: boolean })[]
  readonly net: Money
  readonly gross: Money
}

/** The share of an amount for what has shipped in all, halves to even: parts are differences of it, and so add up. */
const shareOf = (amount: Money, shipped: Quantity, { quantity }: Line): Money =>
  ratio(amount, shipped.thousandths, quantity.thousandths)

/** R232: what ships is what was ordered, line by line, and never more. */
export const load = ({ lines, orderNo, gross: { currency } }: Order, wanted: readonly ShipmentLine[]): Loaded => {
  const loaded = wanted.map(({ lineNo, quantity }) => {
    const line = lines.find((one) => one.lineNo === lineNo)
    const shipped = { thousandths: (line?.shipped.thousandths ?? 0n) + quantity.thousandths }
    if (!line || shipped.thousandths > line.quantity.thousandths) throw beyond(orderNo, { lineNo, quantity })
    const worth = (amount: Money) => subtract(shareOf(amount, shipped, line), shareOf(amount, line.shipped, line))
    const part = { lineNo, quantity, sku: line.sku, fromStock: line.fromStock, net: worth(line.net) }
    return { part, gross: worth(line.gross), line: { ...line, shipped } }
  })
  const after = new Map(loaded.map(({ line }) => [line.lineNo, line]))
  return {
    lines: lines.map((line) => after.get(line.lineNo) ?? line),
    parts: loaded.map(({ part }) => part),
    net: sum(
      currency,
      loaded.map(({ part }) => part.net),
    ),
    gross: sum(
      currency,
      loaded.map(({ gross }) => gross),
    ),
  }
}

export const beyond = (orderNo: string, { lineNo, quantity }: ShipmentLine) =>
  conflict('quantity_beyond_order', { orderNo, lineNo: String(lineNo), quantity: formatQuantity(quantity) })
