import type { OrderRow } from '../models/order.ts'
import type { Counting } from './counting.ts'

type OrderOf = (orderId: string) => OrderRow | undefined

/** The orders behind other documents, as far as the caller may read them. Those that a report has just read are remembered, as far as they are not too many. */
export type OrderBook = {
  readonly note: (batch: readonly OrderRow[]) => void
  readonly of: (batch: readonly { readonly orderId: string }[]) => Promise<OrderOf>
}

const REMEMBERED = 20_000

export const orderBook = (counting: Pick<Counting, 'orders'>): OrderBook => {
  const known = new Map<string, OrderRow>()
  return {
    note(batch) {
      if (known.size < REMEMBERED) for (const order of batch) known.set(order.id, order)
    },
    async of(batch) {
      const missing = batch.map(({ orderId }) => orderId).filter((id) => !known.has(id))
      const found = await counting.orders(missing)
      return (orderId) => known.get(orderId) ?? found.get(orderId)
    },
  }
}
