import type { BusinessDate } from '@saleswright/kernel'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceKind } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'
import { newestOn, type PricePoint, pointOn } from '../product-prices/product-prices.ts'

/** What is sold under one sku, with its prices and floors over all time. */
export type Offer = {
  readonly product: Product
  readonly points: readonly PricePoint[]
  readonly floors: readonly PriceFloor[]
}

/** By sku; what is not sold is not there. */
export type Offers = ReadonlyMap<string, Offer>

export type PriceQuestion = { readonly kind: PriceKind; readonly currency: string; readonly date: BusinessDate }

/**
 * The price of the kind that was asked for; where the product has none in force, the one of another kind, if only one other kind is.
 * R159: nothing of the customer but its class is asked.
 */
export const priceInForce = (offer: Offer, { kind, currency, date }: PriceQuestion): PricePoint | undefined => {
  const known = pointOn(offer, { kind, currency }, date)
  if (known) return known
  const kinds = new Set(offer.points.map((point) => point.kind))
  const others = [...kinds].flatMap((other) => pointOn(offer, { kind: other, currency }, date) ?? [])
  return others.length === 1 ? others[0] : undefined
}

/** Decision 45: floors belong to the kind of list that priced the line. */
export const floorInForce = ({ floors }: Offer, { kind, currency, date }: PriceQuestion): PriceFloor | undefined =>
  newestOn(
    floors.filter((floor) => floor.kind === kind && floor.repFloor.currency === currency),
    date,
  )
