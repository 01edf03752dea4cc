import { type Entry, partsOf } from '../figures/entry.ts'
import type { FigureOf, KindOf } from '../figures/kinds.ts'
import { rates, shareOf } from '../figures/share.ts'
import type { CollectionRow } from '../models/collection.ts'
import type { OrderRow } from '../models/order.ts'
import type { ShipmentRow } from '../models/shipment.ts'
import type { Counting } from './counting.ts'
import { type OrderBook, orderBook } from './order-book.ts'
import { type Asked, between, placedAt, type Report } from './report.ts'

type Sale = Entry<FigureOf<'sales'>>
type Sold = Counting<KindOf<'sales'>>

const orderedEntry = (order: OrderRow): Sale => ({
  document: { kind: 'order', path: `/v1/orders/${order.id}` },
  ...placedAt(order),
  date: order.businessDate,
  currency: order.currency,
  customerId: order.customerId,
  amounts: { ordered: BigInt(order.net) },
  counts: { orders: 1 },
  products: partsOf(order.lines),
})

/** What has not left yet is none. */
const shippedEntries = (shipment: ShipmentRow, order: OrderRow | undefined): readonly Sale[] => {
  const { id, shippedOn, parts } = shipment
  const [first] = parts
  if (shippedOn === undefined || !first) return []
  const net = parts.reduce((sum, part) => sum + BigInt(part.net), 0n)
  const entry: Sale = {
    document: { kind: 'shipment', path: `/v1/shipments/${id}` },
    ...placedAt(shipment),
    date: shippedOn,
    currency: first.currency,
    customerId: order?.customerId,
    amounts: { shipped: net },
    counts: { shipments: 1 },
    products: partsOf(parts),
  }
  return [entry]
}

const collectedEntry = (row: CollectionRow, order: OrderRow | undefined): Sale => ({
  document: { kind: 'collection', path: `/v1/payments/${row.payment.id}` },
  ...placedAt(row),
  date: row.day,
  currency: row.currency,
  customerId: row.customerId,
  amounts: { collected: BigInt(row.net) },
  counts: row.net < 0 ? { reversals: 1 } : { allocations: 1 },
  products: partsOf(order?.lines),
})

async function* ordered(counting: Sold, asked: Asked, book: OrderBook): AsyncGenerator<readonly Sale[]> {
  for await (const batch of counting.stream('order', between('businessDate', asked))) {
    book.note(batch)
    yield batch.filter(({ cancelled }) => !cancelled).map(orderedEntry)
  }
}

async function* shipped(counting: Sold, asked: Asked, book: OrderBook): AsyncGenerator<readonly Sale[]> {
  const isByCustomer = asked.groupings.some((grouping) => grouping === 'customer' || grouping === 'region')
  for await (const batch of counting.stream('shipment', between('shippedOn', asked))) {
    const orderOf = isByCustomer ? await book.of(batch) : () => undefined
    yield batch.flatMap((row) => shippedEntries(row, orderOf(row.orderId)))
  }
}

async function* collected(counting: Sold, asked: Asked, book: OrderBook): AsyncGenerator<readonly Sale[]> {
  const isByProduct = asked.groupings.includes('product')
  for await (const batch of counting.stream('collection', between('day', asked))) {
    const orderOf = isByProduct ? await book.of(batch) : () => undefined
    yield batch.map((row) => collectedEntry(row, orderOf(row.orderId)))
  }
}

/** Ordered by the orders' days, shipped by the shipments', collected by the allocations'; all without tax (decisions 27). */
export const sales: Report<'sales'> = {
  groupings: ['month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['month'],
  counts: ['orders', 'shipments', 'allocations', 'reversals'],
  async *entries(counting, asked) {
    const book = orderBook(counting)
    yield* ordered(counting, asked, book)
    yield* shipped(counting, asked, book)
    yield* collected(counting, asked, book)
  },
  rates: ({ amounts }) => rates({ collected: shareOf(amounts.collected, amounts.ordered) }),
}
