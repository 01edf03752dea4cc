import { companyScope, type Decision, type Quantity } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Line, Order } from '../order/order.ts'
import { withheld } from '../withheld.ts'
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

/** Decides for every product of the lines, in one read; nothing is written yet, so that a refusal leaves no trace. */
export const stockDecisions = async (
  desk: Desk,
  tx: Tx,
  { id: orderId, companyId, lines }: Pick<Order, 'id' | 'companyId'> & { readonly lines: readonly Taken[] },
  move: Move,
): Promise<readonly Decision<StockItem>[]> => {
  const wanted = bySku(lines)
  if (wanted.size === 0) return []
  const ids = [...wanted.keys()].map((sku) => stockItemId(companyId, sku))
  const items = await tx.findEach(desk.stock, companyScope(companyId), ids)
  try {
    return [...wanted].map(([sku, quantity], index) =>
      move(items[index] ?? emptyStock(stockItemId(companyId, sku), companyId, sku), orderId, quantity),
    )
  } catch (error) {
    const { kind, grants } = tx.cause.actor
    throw kind !== 'partner' && grants.has('stock.read') ? error : withheld(error, 'sku', 'wanted')
  }
}
