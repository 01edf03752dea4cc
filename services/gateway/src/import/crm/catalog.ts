import { readMoney, unitPriceMessage } from '@saleswright/contracts'
import { PriceList_Change_Reason, PriceList_Kind } from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import { type Money, parseRate, share, unitPriceOf } from '@saleswright/kernel'
import type { Row } from '../csv-rows.ts'
import { eachRow, stepFor } from '../each-row.ts'
import type { Run } from '../run.ts'
import { CURRENCY, moneyIn, needed, optional } from './cells.ts'
import { PRODUCTS, ref } from './files.ts'

const REP_FLOOR = parseRate('0.9')
const MANAGER_FLOOR = parseRate('0.8')

export const skuOf = (product: string): string => product.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '-')

type Price = { readonly sku: string; readonly amount: Money }

/** Products, one price list, and the two floors of each product as shares of its list price. Gives the names that are sold. */
export const stock = async (run: Run, from: string): Promise<ReadonlySet<string>> => {
  const sold = new Set<string>()
  const entries: Price[] = []
  await eachRow(run, { file: PRODUCTS, key: ({ cells }) => cells.product ?? '', parallel: 4 }, async (row, step) => {
    const { productId, entry } = await offer(run, row, step)
    entries.push(entry)
    sold.add(needed(row, 'product'))
    return { ids: [productId] }
  })
  if (entries.length > 0) await price(run, entries, from)
  return sold
}

/** A row of the products with its price. */
export const priced = (row: Row) => {
  const name = needed(row, 'product')
  const entry: Price = { sku: skuOf(name), amount: readMoney(moneyIn(row, 'sales_price')) }
  return { name, entry, series: optional(row, 'series') }
}

const offer = async (run: Run, row: Row, step: ReturnType<typeof stepFor>) => {
  const { name, entry, series } = priced(row)
  const product = { sku: entry.sku, name, uom: 'piece', taxRate: '0', externalRef: ref('product', name) }
  const { productId } = await step('create', (options) =>
    run.calls.products.createProduct({ ...product, ...(series !== undefined && { series }) }, options),
  )
  return { productId, entry }
}

const price = async (run: Run, entries: readonly Price[], validFrom: string): Promise<void> => {
  const step = stepFor(run, [PRODUCTS, 'price list'])
  const list = {
    name: 'CRM',
    kind: PriceList_Kind.EX_FACTORY,
    currencyCode: CURRENCY,
    validFrom,
    reasonCode: PriceList_Change_Reason.INTRODUCTION,
    reason: 'CRM import',
    entries: entries
      .toSorted((left, right) => (left.sku < right.sku ? -1 : 1))
      .map(({ sku, amount }) => ({ sku, unitPrice: unitPriceMessage(unitPriceOf(amount)) })),
    externalRef: ref('price-list', 'CRM'),
  }
  await step('create', (options) => run.calls.prices.createPriceList(list, options))
  for (const { sku, amount } of entries) {
    const part = (rate: typeof REP_FLOOR) => unitPriceMessage(unitPriceOf(share(amount, rate)))
    const floor = {
      sku,
      kind: PriceList_Kind.EX_FACTORY,
      repFloor: part(REP_FLOOR),
      managerFloor: part(MANAGER_FLOOR),
      validFrom,
      reasonCode: PriceList_Change_Reason.INTRODUCTION,
    }
    await step(`floor ${sku}`, (options) =>
      run.calls.prices.createPriceFloor({ ...floor, externalRef: ref('price-floor', sku) }, options),
    )
  }
}
