import { companyScope, type Decision, type Quantity } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Line, Order } from '../order/order.ts'
import { emptyStock, type StockItem } from './stock-item.ts'
import { stockItemId } from './stock-item-store.ts'

type Move = (item: StockItem, orderId: string, quantity: Quantity) => Decision<StockItem>
type Taken = Pick<Line, 'sku' | 'quantity' | 'fromStock'>

/** How much of each product the lines take from stock. */
const bySku = (lines: readonly Taken[]): ReadonlyMap<string, Quantity> => {
  const wanted = new Map<string, Quantity>()
  for (const { sku, quantity, fromStock } of lines) {
    const before = wanted.get(sku)?.thousandths ?? 0n
    if (fromStock && quantity.thousandths > 0n) wanted.set(sku, { thousandths: before + quantity.thousandths })
  }
  return wanted
}

/** What is known of the stock of the products of an order, by sku; nothing of it is what was never there. */
export type StockOf = ReadonlyMap<string, StockItem>

type Room = { readonly desk: Desk; readonly tx: Tx }
type Taking = Pick<Order, 'id' | 'companyId'> & { readonly lines: readonly Taken[] }

/** All products of the lines, in one read. */
export const stockOf = async ({ desk, tx }: Room, { companyId, lines }: Taking): Promise<StockOf> => {
  const skus = [...bySku(lines).keys()]
  if (skus.length === 0) return new Map()
  const ids = skus.map((sku) => stockItemId(companyId, sku))
  const items = await tx.findEach(desk.stock, companyScope(companyId), ids)
  return new Map(skus.map((sku, index) => [sku, items[index] ?? emptyStock(ids[index] ?? '', companyId, sku)]))
}

/** Decides for every product of the lines; nothing is written yet. */
export const moveStock = (stock: StockOf, { id: orderId, lines }: Taking, move: Move): readonly Decision<StockItem>[] =>
  [...bySku(lines)].flatMap(([sku, quantity]) => {
    const item = stock.get(sku)
    return item ? [move(item, orderId, quantity)] : []
  })
