import { readMoney, unitPriceMessage } from '@saleswright/contracts'
import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { type BusinessDate, type Money, parseRate, share, unitPriceOf } from '@saleswright/kernel'
import { eachRow, type Kind, ofFile, stepFor } from '../each-row.ts'
import type { Run } from '../run.ts'
import type { Step } from '../step.ts'
import { CURRENCY, moneyIn, needed, optional } from './cells.ts'
import { PRODUCTS, ref } from './files.ts'

const REP_FLOOR = parseRate('0.9')
const MANAGER_FLOOR = parseRate('0.8')

export const skuOf = (product: string): string =>
  product
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')

/** A row of the products with its price. */
type Offered = {
  readonly name: string
  readonly sku: string
  readonly series: string | undefined
  readonly amount: Money
}

const productRows: Kind<Offered> = {
  file: PRODUCTS,
  key: 'product',
  same: skuOf,
  parallel: 4,
  columns: {
    '': 'product',
    sku: 'product',
    name: 'product',
    externalRef: 'product',
    series: 'series',
    repFloor: 'sales_price',
    managerFloor: 'sales_price',
  },
  decide: (row) => {
    const name = needed(row, 'product')
    const amount = readMoney(moneyIn(row, 'sales_price'))
    return { name, sku: skuOf(name), series: optional(row, 'series'), amount }
  },
}

/** Products with the two floors of each as shares of its list price, and one price list. Gives the names that are sold. */
export const stock = async (run: Run, from: BusinessDate): Promise<ReadonlySet<string>> => {
  const sold: Offered[] = []
  await eachRow(run, productRows, async (offered, step) => {
    const productId = await offer(run, { offered, from }, step)
    sold.push(offered)
    return { ids: [productId] }
  })
  if (sold.length > 0) await ofFile(run, PRODUCTS, () => price(run, sold, from))
  return new Set(sold.map(({ name }) => name))
}

type Offering = { readonly offered: Offered; readonly from: BusinessDate }

const offer = async (run: Run, { offered, from }: Offering, step: Step): Promise<string> => {
  const { name, sku, series, amount } = offered
  const product = { sku, name, uom: 'piece', taxRate: '0', externalRef: ref('product', name) }
  const { productId } = await step('create', (options) =>
    run.calls.products.createProduct({ ...product, ...(series !== undefined && { series }) }, options),
  )
  const part = (rate: typeof REP_FLOOR) => unitPriceMessage(unitPriceOf(share(amount, rate)))
  const floor = {
    sku,
    kind: PriceList_Kind.EX_FACTORY,
    repFloor: part(REP_FLOOR),
    managerFloor: part(MANAGER_FLOOR),
    validFrom: from,
    reasonCode: PriceList_Change_Reason.INTRODUCTION,
    externalRef: ref('price-floor', sku),
  }
  await step('floor', (options) => run.calls.prices.createPriceFloor(floor, options))
  return productId
}

const price = async (run: Run, sold: readonly Offered[], validFrom: BusinessDate): Promise<void> => {
  const list = {
    name: 'CRM',
    kind: PriceList_Kind.EX_FACTORY,
    currencyCode: CURRENCY,
    validFrom,
    reasonCode: PriceList_Change_Reason.INTRODUCTION,
    reason: 'CRM import',
    entries: sold
      .toSorted((left, right) => (left.sku < right.sku ? -1 : 1))
      .map(({ sku, amount }) => ({ sku, unitPrice: unitPriceMessage(unitPriceOf(amount)) })),
    externalRef: ref('price-list', 'CRM'),
  }
  await stepFor(
    run,
    [PRODUCTS, 'price list'],
    {},
  )('create', (options) => run.calls.prices.createPriceList(list, options))
}
