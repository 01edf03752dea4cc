import { allOf } from './all-of.ts'
import { CURRENCY, yearStart, yuan } from './facts.ts'
import type { Http } from './http.ts'

const IN_FLIGHT = 8

type Goods = {
  readonly skus: number
  /** Of each product. */
  readonly stock: number
}

/** Products on stock, all in one list of prices, under the administrator's token; gives their numbers. */
export const catalogue = async (
  http: Http,
  root: string,
  { skus: count, stock }: Goods,
): Promise<readonly string[]> => {
  const skus = Array.from({ length: count }, (_, index) => `SKU-${10_000 + index}`)
  await allOf(skus, IN_FLIGHT, async (sku) => {
    await http.post('/v1/products', root, { sku, name: `控制器 ${sku}`, uom: '件', taxRate: '0.13', stocked: true })
    await http.post(`/v1/stock-items/${sku}/adjust`, root, { change: String(stock), reason: '期初入库' })
  })
  const entries = skus.map((sku, index) => ({ sku, unitPrice: yuan(`${1_299 + (index % 5) * 10}.00`) }))
  await http.post('/v1/price-lists', root, {
    name: '出厂价',
    kind: 'EX_FACTORY',
    currencyCode: CURRENCY,
    validFrom: yearStart(),
    reason: '首次发布',
    reasonCode: 'INTRODUCTION',
    entries,
  })
  return skus
}
