import type { Offer, Offers } from '../src/catalog/offer.ts'
import type { PriceFloor } from '../src/price-floor/price-floor.ts'
import type { PriceKind } from '../src/price-list/price-list.ts'
import type { Product } from '../src/product/product.ts'
import type { PricePoint } from '../src/product-prices/product-prices.ts'
import { unitPrice } from './order-record.ts'

const row = { id: 'x', version: 1, companyId: 'c' }
const changedAt = new Date(0)

export const aProduct = (changes: Partial<Product> = {}): Product => ({
  ...row,
  sku: 'A',
  name: 'A',
  uom: '件',
  quantityDecimals: 0,
  taxRate: { millionths: 130_000n },
  stocked: true,
  active: true,
  changedAt,
  ...changes,
})

export const aPoint = (kind: PriceKind, validFrom: string, minor: number): PricePoint => ({
  kind,
  validFrom,
  unitPrice: unitPrice(minor),
  priceListId: 'l',
})

export const aFloor = (
  validFrom: string,
  rep: number,
  manager: number,
  kind: PriceKind = 'ex_factory',
): PriceFloor => ({
  ...row,
  sku: 'A',
  kind,
  repFloor: unitPrice(rep),
  managerFloor: unitPrice(manager),
  validFrom,
  reasonCode: 'cost',
  changedAt,
})

/** Of one product, "A". */
export const catalog = (offer: Partial<Offer>): Offers =>
  new Map([['A', { product: aProduct(), points: [], floors: [], ...offer }]])
