import { companyScope } from '@saleswright/kernel'
import { type Entry, partsOf } from '../figures/entry.ts'
import { rates, shareOf } from '../figures/share.ts'
import { type CollectionRow, collections } from '../models/collection.ts'
import { type OrderRow, orders } from '../models/order.ts'
import { type ShipmentRow, shipments } from '../models/shipment.ts'
import type { Rows } from '../reading/rows.ts'
import { joinedOrders } from './joined-orders.ts'
import { daysOf, link } from './link.ts'
import { type Asked, between, placedAt, type Report } from './report.ts'

const orderedEntry = (order: OrderRow): Entry => ({
  ...placedAt(order),
  date: order.businessDate,
  currency: order.currency,
  customerId: order.customerId,
  amounts: { ordered: BigInt(order.net) },
  counts: { orders: 1 },
  products: partsOf(order.lines),
})

const shippedEntry = ({ shippedOn, parts }: ShipmentRow, order: OrderRow): Entry => ({
  ...placedAt(order),
  date: shippedOn,
  currency: order.currency,
  customerId: order.customerId,
  amounts: { shipped: parts.reduce((sum, { net }) => sum + BigInt(net), 0n) },
  counts: { shipments: 1 },
  products: partsOf(parts),
})

const collectedEntry = (row: CollectionRow, order: OrderRow | undefined): Entry => ({
  ...placedAt(row),
  date: row.day,
  currency: row.currency,
  customerId: row.customerId,
  amounts: { collected: BigInt(row.net) },
  counts: row.net < 0 ? { reversals: 1 } : { allocations: 1 },
  products: partsOf(order?.lines),
})

async function* ordered(rows: Rows, asked: Asked): AsyncGenerator<readonly Entry[]> {
  for await (const batch of rows.stream(orders, asked.scope, between('businessDate', asked))) {
    yield batch.filter(({ cancelled }) => !cancelled).map(orderedEntry)
  }
}

/** A shipment is whose its order is, and so lies in the scope of that. */
async function* shipped(rows: Rows, asked: Asked): AsyncGenerator<readonly Entry[]> {
  const everywhere = companyScope(asked.companyId)
  for await (const batch of rows.stream(shipments, everywhere, between('shippedOn', asked))) {
    const theirs = await rows.byIds(
      orders,
      asked.scope,
      batch.map(({ orderId }) => orderId),
    )
    yield batch.flatMap((shipment) => {
      const order = theirs.get(shipment.orderId)
      return order ? [shippedEntry(shipment, order)] : []
    })
  }
}

async function* collected(rows: Rows, asked: Asked): AsyncGenerator<readonly Entry[]> {
  for await (const batch of rows.stream(collections, asked.scope, between('day', asked))) {
    const theirs = await joinedOrders(rows, asked, batch, ['product'])
    yield batch.map((row) => collectedEntry(row, theirs.get(row.orderId)))
  }
}

/** Ordered by the orders' days, shipped by the shipments', collected by the allocations'; all without tax (decisions 27). */
export const sales: Report = {
  groupings: ['month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  otherwise: ['month'],
  amounts: ['ordered', 'shipped', 'collected'],
  counts: ['orders', 'shipments', 'allocations', 'reversals'],
  async *entries(rows, asked) {
    yield* ordered(rows, asked)
    yield* shipped(rows, asked)
    yield* collected(rows, asked)
  },
  rates: ({ amounts }) => rates({ collected: shareOf(amounts.collected, amounts.ordered) }),
  documents(keys, asked) {
    const { from, to } = daysOf(keys, asked)
    const whose = { ownerId: keys.person, customerId: keys.customer }
    return link('/v1/orders', { ...whose, orderDateFrom: from, orderDateTo: to })
  },
}
