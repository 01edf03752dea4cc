import { create } from '@bufbuild/protobuf'
import {
  StockAdjustedSchema,
  StockFreedSchema,
  StockIssuedSchema,
  StockReservedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type Aggregate, conflict, type Decision, formatQuantity, invalid, type Quantity } from '@saleswright/kernel'

/** What lies there of a product and what of it is promised to orders; neither is ever below zero. */
export type StockItem = Aggregate & {
  readonly sku: string
  readonly onHand: Quantity
  readonly reserved: Quantity
}

const NONE: Quantity = { thousandths: 0n }

export const emptyStock = (id: string, companyId: string, sku: string): StockItem => ({
  id,
  version: 0,
  companyId,
  sku,
  onHand: NONE,
  reserved: NONE,
})

export const available = ({ onHand, reserved }: StockItem): Quantity => less(onHand, reserved)

const more = (left: Quantity, right: Quantity): Quantity => ({ thousandths: left.thousandths + right.thousandths })
const less = (left: Quantity, right: Quantity): Quantity => ({ thousandths: left.thousandths - right.thousandths })

/** Promises a quantity to an order, where there is so much that nobody else was promised. */
export const reserve = (item: StockItem, orderId: string, quantity: Quantity): Decision<StockItem> => {
  const { sku } = item
  const free = available(item)
  if (free.thousandths < quantity.thousandths) {
    throw conflict('stock_short', { sku, wanted: formatQuantity(quantity), available: formatQuantity(free) })
  }
  return {
    next: { ...item, reserved: more(item.reserved, quantity) },
    events: [create(StockReservedSchema, { sku, orderId, quantity: formatQuantity(quantity) })],
  }
}

/** Gives back what an order was promised. */
export const free = (item: StockItem, orderId: string, quantity: Quantity): Decision<StockItem> => ({
  next: { ...item, reserved: less(item.reserved, quantity) },
  events: [create(StockFreedSchema, { sku: item.sku, orderId, quantity: formatQuantity(quantity) })],
})

/** What was promised leaves the house. */
export const issue = (item: StockItem, orderId: string, quantity: Quantity): Decision<StockItem> => ({
  next: { ...item, onHand: less(item.onHand, quantity), reserved: less(item.reserved, quantity) },
  events: [create(StockIssuedSchema, { sku: item.sku, orderId, quantity: formatQuantity(quantity) })],
})

/** Goods in, a count, a loss. What orders were promised stays there. */
export const adjust = (item: StockItem, change: bigint, reason: string): Decision<StockItem> => {
  if (change === 0n) {
    const violation = { field: 'change', rule: 'quantity_zero', message: 'must not be zero' }
    throw invalid('quantity_zero', { sku: item.sku }, [violation])
  }
  const onHand = { thousandths: item.onHand.thousandths + change }
  if (onHand.thousandths < item.reserved.thousandths) {
    throw conflict('stock_below_reserved', { sku: item.sku, reserved: formatQuantity(item.reserved) })
  }
  const event = create(StockAdjustedSchema, {
    sku: item.sku,
    change: formatQuantity({ thousandths: change }),
    onHand: formatQuantity(onHand),
    reason,
  })
  return { next: { ...item, onHand }, events: [event] }
}
