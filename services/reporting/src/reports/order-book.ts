import { companyScope } from '@saleswright/kernel'
import { type OrderRow, orders } from '../models/order.ts'
import type { Rows } from '../reading/rows.ts'

export type OrderOf = (orderId: string) => OrderRow | undefined

/** The orders behind other documents. Those that a report has just read are remembered, as far as they are not too many. */
export type OrderBook = {
  readonly note: (batch: readonly OrderRow[]) => void
  readonly of: (batch: readonly { readonly orderId: string }[]) => Promise<OrderOf>
}

const REMEMBERED = 20_000

export const orderBook = (rows: Rows, companyId: string): OrderBook => {
  const known = new Map<string, OrderRow>()
  return {
    note(batch) {
      if (known.size < REMEMBERED) for (const order of batch) known.set(order.id, order)
    },
    async of(batch) {
      const missing = batch.map(({ orderId }) => orderId).filter((id) => !known.has(id))
      const found = await rows.byIds(orders, companyScope(companyId), missing)
      return (orderId) => known.get(orderId) ?? found.get(orderId)
    },
  }
}
