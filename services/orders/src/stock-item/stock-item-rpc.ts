import type { MessageInitShape } from '@bufbuild/protobuf'
import { StockItemSchema, type StockService } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { etagOf, formatQuantity, parseQuantity } from '@saleswright/kernel'
import { type Implementation, ownCompany, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf } from '@saleswright/store'
import { checkSkus } from '../catalog/change-catalog.ts'
import type { Desk } from '../desk.ts'
import { expectDecimals } from '../product/expect-decimals.ts'
import { fillBackOrders } from '../production-request/fill-back-orders.ts'
import { listAvailability } from './list-availability.ts'
import { adjust, available, emptyStock, type StockItem } from './stock-item.ts'
import { stockItemId } from './stock-item-store.ts'

export const stockRpc = (desk: Desk): Implementation<typeof StockService> => {
  const { store, stock } = desk
  return {
    getStockItem: async ({ sku }, call) =>
      view(await stock.get(ownCompany(call), stockItemId(call.actor.companyId, sku))),

    listStockItems: async (request, call) => {
      const page = await stock.list(ownCompany(call), queryOf(request))
      return { stockItems: page.items.map(view), ...pageFacts(page) }
    },

    listAvailability: (request, call) => listAvailability(desk, request, call),

    adjustStock: ({ sku, change, reason }, call) =>
      store.answer(call, StockItemSchema, async (tx) => {
        const { companyId } = call.actor
        const company = wholeCompany(call)
        await checkSkus(desk, companyId, [sku])
        const product = (await desk.catalog.offers(companyId, [sku])).get(sku)?.product
        if (product) expectDecimals({ thousandths: signed(change) }, product, 'change')
        const id = stockItemId(companyId, sku)
        const item = (await tx.find(stock, company, id)) ?? emptyStock(id, companyId, sku)
        const on = await desk.today(companyId, call.at)
        return view(tx.save(stock, await fillBackOrders({ desk, tx }, adjust(item, signed(change), reason), { on })))
      }),
  }
}

const signed = (change: string): bigint =>
  change.startsWith('-') ? -parseQuantity(change.slice(1)).thousandths : parseQuantity(change).thousandths

const view = (item: StockItem): MessageInitShape<typeof StockItemSchema> => ({
  sku: item.sku,
  onHand: formatQuantity(item.onHand),
  reserved: formatQuantity(item.reserved),
  available: formatQuantity(available(item)),
  etag: etagOf(item),
})
