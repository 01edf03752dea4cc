import { readUnitPrice } from '@saleswright/contracts'
import type {
  CorrectPriceRequest,
  CreatePriceListRequest,
} from '@saleswright/contracts/saleswright/orders/v1/catalog_pb.ts'
import {
  companyScope,
  conflict,
  expectEtag,
  mayMigrate,
  newId,
  parseBusinessDate,
  readExternalRef,
} from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import { checkSkus } from '../catalog/change-catalog.ts'
import type { Desk } from '../desk.ts'
import { needed } from '../needed.ts'
import {
  type PricePoint,
  type ProductPrices,
  samePoint,
  withCorrection,
  withPoints,
} from '../product-prices/product-prices.ts'
import { productPricesId } from '../product-prices/product-prices-store.ts'
import { correctPrice, type PriceList, publishPriceList } from './price-list.ts'
import { kindOf, reasonOf } from './price-list-view.ts'

/** R155, R156: enters many prices at once; a product has one price of a kind and currency that begins on a day. */
export const createPriceList = async (
  desk: Desk,
  tx: Tx,
  request: CreatePriceListRequest,
  call: Call,
): Promise<PriceList> => {
  const { companyId } = call.actor
  wholeCompany(call)
  const { name, currencyCode: currency, reason } = request
  const kind = needed(kindOf(request.kind), 'kind')
  const reasonCode = needed(reasonOf(request.reasonCode), 'reasonCode')
  const validFrom = parseBusinessDate(request.validFrom)
  const { externalRef } = readExternalRef(call.actor, request.externalRef)
  await refuseKnownRef(tx, desk.priceLists, companyId, externalRef)
  const entries = request.entries.map((entry) => ({
    sku: entry.sku,
    unitPrice: readUnitPrice(needed(entry.unitPrice, 'entries')),
    validFrom: entry.validFrom === undefined ? validFrom : parseBusinessDate(entry.validFrom),
  }))
  const publishedOn = await desk.today(companyId, call.at)
  const facts = { id: newId(), companyId, name, kind, currency, validFrom, publishedOn, reasonCode, reason, entries }
  const decision = publishPriceList({ ...facts, ...(externalRef && { externalRef }) })
  const skus = entries.map(({ sku }) => sku)
  await checkSkus(desk, companyId, skus, (index) => `entries[${index}].sku`)
  const priced = await pointsAdded(desk, tx, decision.next)
  const list = tx.save(desk.priceLists, decision)
  for (const prices of priced) tx.put(desk.productPrices, prices)
  return list
}

const pricesOf = async (desk: Desk, tx: Tx, companyId: string, skus: readonly string[]) => {
  const ids = skus.map((sku) => productPricesId(companyId, sku))
  const found = await tx.findEach(desk.productPrices, companyScope(companyId), ids)
  return skus.map((sku, index): ProductPrices => {
    const none = { id: ids[index] ?? '', version: 0, companyId, sku, points: [], changedAt: tx.at }
    return found[index] ?? none
  })
}

/** What the products cost with the entries of a list; refuses a price that is there already. */
const pointsAdded = async (desk: Desk, tx: Tx, list: PriceList): Promise<readonly ProductPrices[]> => {
  const bySku = Map.groupBy(list.entries, ({ sku }) => sku)
  const before = await pricesOf(desk, tx, list.companyId, [...bySku.keys()])
  return before.map((prices) => {
    const points = (bySku.get(prices.sku) ?? []).map((entry): PricePoint => {
      const { unitPrice, validFrom } = entry
      const point = { kind: list.kind, unitPrice, validFrom, priceListId: list.id }
      const known = samePoint(prices, point)
      if (known) throw conflict('price_exists', { sku: prices.sku, validFrom, priceListId: known.priceListId })
      return point
    })
    return withPoints(prices, points, tx.at)
  })
}

/** The list keeps the trace; the product has the right price from then on. */
export const mendPrice = async (desk: Desk, tx: Tx, request: CorrectPriceRequest, call: Call): Promise<PriceList> => {
  const { companyId } = call.actor
  const list = await tx.get(desk.priceLists, wholeCompany(call), request.priceListId)
  expectEtag(list, request.etag)
  const { sku, reason } = request
  const decision = correctPrice(list, {
    sku,
    reason,
    unitPrice: readUnitPrice(needed(request.unitPrice, 'unitPrice')),
    by: call.actor.id,
    at: tx.at,
    today: await desk.today(companyId, call.at),
    migrating: mayMigrate(call.actor),
  })
  const mended = decision.next.corrections.at(-1)
  if (decision.events.length === 0 || !mended) return list
  const [prices] = await pricesOf(desk, tx, companyId, [sku])
  const { after: unitPrice, validFrom } = mended
  const saved = tx.save(desk.priceLists, decision)
  if (prices) {
    const point = { kind: list.kind, unitPrice, validFrom, priceListId: list.id }
    tx.put(desk.productPrices, withCorrection(prices, point, tx.at))
  }
  return saved
}
