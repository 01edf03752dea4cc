import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { SCARCE } from './goods.ts'
import { CURRENCY, eachOf, type Scene, yuan } from './scene.ts'
import { DIRECTOR, WAREHOUSE } from './staff.ts'

const LISTS = [
  { name: '出厂价目表', kind: PriceList_Kind.EX_FACTORY, tenths: 10 },
  { name: '批发价目表', kind: PriceList_Kind.WHOLESALE, tenths: 9 },
  { name: '零售价目表', kind: PriceList_Kind.RETAIL, tenths: 12 },
] as const

/** A rep may give 10 % of these lists away, a manager 20 %. */
const FLOORED = LISTS.filter(({ kind }) => kind !== PriceList_Kind.RETAIL).toReversed()

const percentOf = (price: number, percent: number) => ({
  currencyCode: CURRENCY,
  amount: ((price * percent) / 100).toFixed(2),
})

/** Products, their price lists and the two floors of each, and what lies in the warehouse. */
export const offerGoods = async (scene: Scene): Promise<void> => {
  const { clients, hands, plan, done } = scene
  const { step } = hands(DIRECTOR.account)
  const warehouse = hands(WAREHOUSE.account)
  const goods = [...plan.goods, SCARCE]
  await eachOf(goods, 8, async ({ sku, name, series, uom }) => {
    const product = { sku, name, series, uom, taxRate: '0.13', stocked: true }
    await step(['product', sku], (options) => clients.products.createProduct(product, options))
    done()
  })
  for (const { name, kind, tenths } of LISTS) {
    const entries = goods.map(({ sku, price }) => ({ sku, unitPrice: yuan((price / 10) * tenths) }))
    const why = { reason: '年度定价', reasonCode: PriceList_Change_Reason.INTRODUCTION }
    const list = { name, kind, currencyCode: CURRENCY, validFrom: plan.since, ...why, entries }
    await step(['price list', name], (options) => clients.prices.createPriceList(list, options))
  }
  await eachOf(goods, 8, async ({ sku, price, stock }) => {
    for (const { name, kind, tenths } of FLOORED) {
      const listPrice = (price / 10) * tenths
      const floor = {
        sku,
        kind,
        repFloor: percentOf(listPrice, 90),
        managerFloor: percentOf(listPrice, 80),
        validFrom: plan.since,
        reasonCode: PriceList_Change_Reason.INTRODUCTION,
      }
      await step(['price floor', name, sku], (options) => clients.prices.createPriceFloor(floor, options))
    }
    const change = { sku, change: String(stock), reason: '期初入库' }
    await warehouse.step(['stock', sku], (options) => clients.stock.adjustStock(change, options))
    done()
  })
}
