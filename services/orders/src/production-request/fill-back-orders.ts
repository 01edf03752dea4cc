import { type BusinessDate, companyScope, type Decision, type Quantity } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { fillLine } from '../order/back-order.ts'
import type { Order } from '../order/order.ts'
import { available, reserve, type StockItem } from '../stock-item/stock-item.ts'
import { fill, type ProductionRequest } from './production-request.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** How many lines one receipt serves; what is left of it serves the next ones with the next receipt. */
const MOST = 500

type Served = { readonly request: ProductionRequest; readonly came: Quantity }

/** R216: what is promised first is served first, as far as it goes. */
const serve = (requests: readonly ProductionRequest[], there: Quantity): readonly Served[] => {
  let left = there.thousandths
  return requests.flatMap((request) => {
    const over = left - request.open.thousandths
    const came = over < 0n ? left : request.open.thousandths
    left -= came
    return came > 0n ? [{ request, came: { thousandths: came } }] : []
  })
}

/**
 * What has come into stock, or was given back by an order, is reserved for lines that wait for it. Saves their requests and orders, and
 * answers what becomes of the stock, which is written last.
 */
export const fillBackOrders = async (
  { desk, tx }: Room,
  decided: Decision<StockItem>,
  { on, but }: { readonly on: BusinessDate; readonly but?: string },
): Promise<Decision<StockItem>> => {
  const { companyId, sku } = decided.next
  const there = available(decided.next)
  if (there.thousandths <= 0n) return decided
  const scope = companyScope(companyId)
  const waiting = { sku, status: 'open', ...(but !== undefined && { orderId: { $ne: but } }) }
  const options = { sort: ['promisedOn', 'requestNo'], limit: MOST }
  const served = serve(await tx.findBy(desk.productionRequests, scope, waiting, options), there)
  if (served.length === 0) return decided
  const byOrder = Map.groupBy(served, ({ request }) => request.orderId)
  const orders = await tx.findEach(desk.orders, scope, [...byOrder.keys()])
  for (const order of orders) if (order) tx.save(desk.orders, filled(order, byOrder.get(order.id) ?? [], on))
  for (const { request, came } of served) tx.save(desk.productionRequests, fill(request, came, on))
  return chain(
    decided,
    ...served.map(
      ({ request, came }) =>
        (item: StockItem) =>
          reserve(item, request.orderId, came),
    ),
  )
}

const filled = (order: Order, served: readonly Served[], on: BusinessDate): Decision<Order> =>
  chain(
    { next: order, events: [] },
    ...served.map(
      ({ request, came }) =>
        (next: Order) =>
          fillLine(next, request.lineNo, came, on),
    ),
  )
