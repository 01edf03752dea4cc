import { PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { CURRENCY, eachOf, type Scene, yuan } from './scene.ts'
import { DIRECTOR, WAREHOUSE } from './staff.ts'

const LISTS = [
  { name: '出厂价目表', kind: PriceList_Kind.EX_FACTORY, tenths: 10 },
  { name: '批发价目表', kind: PriceList_Kind.WHOLESALE, tenths: 9 },
  { name: '零售价目表', kind: PriceList_Kind.RETAIL, tenths: 12 },
] as const

/** Products, their price lists and the two floors of each, and what lies in the warehouse. */
export const offerGoods = async (scene: Scene): Promise<void> => {
  const { clients, hands, plan, done } = scene
  const { step } = hands(DIRECTOR.account)
  const warehouse = hands(WAREHOUSE.account)
  await eachOf(plan.goods, 8, async ({ sku, name, series, uom }) => {
    const product = { sku, name, series, uom, taxRate: '0.13', stocked: true }
    await step(['product', sku], (options) => clients.products.createProduct(product, options))
    done()
  })
  for (const { name, kind, tenths } of LISTS) {
    const entries = plan.goods.map(({ sku, price }) => ({ sku, unitPrice: yuan((price / 10) * tenths) }))
    const list = { name, kind, currencyCode: CURRENCY, validFrom: plan.since, reason: '年度定价', entries }
    await step(['price list', name], (options) => clients.prices.createPriceList(list, options))
  }
  await eachOf(plan.goods, 8, async ({ sku, price, stock }) => {
    const floor = {
      sku,
      repFloor: yuan((price / 10) * 9),
      managerFloor: yuan((price / 10) * 8),
      validFrom: plan.since,
    }
    await step(['price floor', sku], (options) => clients.prices.createPriceFloor(floor, options))
    const change = { sku, change: String(stock), reason: '期初入库' }
    await warehouse.step(['stock', sku], (options) => clients.stock.adjustStock(change, options))
    done()
  })
}
