import { companyScope } from '@saleswright/kernel'
import { type Entry, partsOf } from '../figures/entry.ts'
import { isCompanyWide } from '../figures/reach.ts'
import { rates, shareOf } from '../figures/share.ts'
import { type CollectionRow, collections } from '../models/collection.ts'
import { type OrderRow, orders } from '../models/order.ts'
import { type ShipmentRow, shipments } from '../models/shipment.ts'
import type { Rows } from '../reading/rows.ts'
import { type OrderBook, type OrderOf, orderBook } from './order-book.ts'
import { type Asked, between, placedAt, type Report } from './report.ts'

const orderedEntry = (order: OrderRow): Entry => ({
  document: { kind: 'order', path: `/v1/orders/${order.id}` },
  ...placedAt(order),
  date: order.businessDate,
  currency: order.currency,
  customerId: order.customerId,
  amounts: { ordered: BigInt(order.net) },
  counts: { orders: 1 },
  products: partsOf(order.lines),
})

const shippedEntry = ({ id, shippedOn, parts }: ShipmentRow, order: OrderRow): Entry => ({
  document: { kind: 'shipment', path: `/v1/shipments/${id}` },
  ...placedAt(order),
  date: shippedOn,
  currency: order.currency,
  customerId: order.customerId,
  amounts: { shipped: parts.reduce((sum, { net }) => sum + BigInt(net), 0n) },
  counts: { shipments: 1 },
  products: partsOf(parts),
})

const collectedEntry = (row: CollectionRow, order: OrderRow | undefined): Entry => ({
  document: { kind: 'collection', path: `/v1/orders/${row.orderId}` },
  ...placedAt(row),
  date: row.day,
  currency: row.currency,
  customerId: row.customerId,
  amounts: { collected: BigInt(row.net) },
  counts: row.net < 0 ? { reversals: 1 } : { allocations: 1 },
  products: partsOf(order?.lines),
})

async function* ordered(rows: Rows, asked: Asked, book: OrderBook): AsyncGenerator<readonly Entry[]> {
  for await (const batch of rows.stream(orders, asked.scope, between('businessDate', asked))) {
    book.note(batch)
    yield batch.filter(({ cancelled }) => !cancelled).map(orderedEntry)
  }
}

const joined = (batch: readonly ShipmentRow[], orderOf: OrderOf): readonly Entry[] =>
  batch.flatMap((shipment) => {
    const order = orderOf(shipment.orderId)
    return order ? [shippedEntry(shipment, order)] : []
  })

/** A shipment is whose its order is, and so lies in the scope of that. */
async function* shipped(rows: Rows, asked: Asked, book: OrderBook): AsyncGenerator<readonly Entry[]> {
  const days = between('shippedOn', asked)
  const everywhere = companyScope(asked.companyId)
  if (isCompanyWide(asked.scope)) {
    for await (const batch of rows.stream(shipments, everywhere, days)) yield joined(batch, await book.of(batch))
    return
  }
  // Who reaches few orders is not made to read the shipments of all.
  for await (const batch of rows.stream(orders, asked.scope, {})) {
    const own = new Map(batch.map((order) => [order.id, order]))
    const theirs = { orderId: { $in: [...own.keys()] }, ...days }
    yield joined(await rows.where(shipments, asked.companyId, theirs), (id) => own.get(id))
  }
}

async function* collected(rows: Rows, asked: Asked, book: OrderBook): AsyncGenerator<readonly Entry[]> {
  const isByProduct = asked.groupings.includes('product')
  for await (const batch of rows.stream(collections, asked.scope, between('day', asked))) {
    const orderOf = isByProduct ? await book.of(batch) : () => undefined
    yield batch.map((row) => collectedEntry(row, orderOf(row.orderId)))
  }
}

/** Ordered by the orders' days, shipped by the shipments', collected by the allocations'; all without tax (decisions 27). */
export const sales: Report = {
  groupings: ['month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['month'],
  amounts: ['ordered', 'shipped', 'collected'],
  counts: ['orders', 'shipments', 'allocations', 'reversals'],
  async *entries(rows, asked) {
    const book = orderBook(rows, asked.companyId)
    yield* ordered(rows, asked, book)
    yield* shipped(rows, asked, book)
    yield* collected(rows, asked, book)
  },
  rates: ({ amounts }) => rates({ collected: shareOf(amounts.collected, amounts.ordered) }),
}
