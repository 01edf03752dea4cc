import type { BusinessDate, Money } from '@saleswright/kernel'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceKind, PriceList } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'

/** A price list that can be asked by product. */
export type Prices = Pick<PriceList, 'kind' | 'currency' | 'validFrom'> & { readonly bySku: ReadonlyMap<string, Money> }

/** What a company sells and at which prices, over all time. */
export type Catalog = {
  readonly products: ReadonlyMap<string, Product>
  readonly lists: readonly Prices[]
  readonly floors: ReadonlyMap<string, readonly PriceFloor[]>
}

export const catalogOf = (
  products: readonly Product[],
  lists: readonly PriceList[],
  floors: readonly PriceFloor[],
): Catalog => ({
  products: new Map(products.map((product) => [product.sku, product])),
  lists: lists.map(({ kind, currency, validFrom, entries }) => ({
    kind,
    currency,
    validFrom,
    bySku: new Map(entries.map(({ sku, unitPrice }) => [sku, unitPrice])),
  })),
  floors: Map.groupBy(floors, ({ sku }) => sku),
})

const newestOn = <T extends { readonly validFrom: BusinessDate }>(
  dated: readonly T[],
  date: BusinessDate,
): T | undefined =>
  dated.reduce<T | undefined>(
    (best, one) => (one.validFrom <= date && (!best || one.validFrom > best.validFrom) ? one : best),
    undefined,
  )

type Asked = { readonly currency: string; readonly date: BusinessDate; readonly kind: PriceKind }

/**
 * The list of the kind that was asked for which is in force; where there is none, the list of another kind, if only one
 * other kind is in force. R159: nothing of the customer but its class is asked.
 */
export const listInForce = ({ lists }: Catalog, { currency, date, kind }: Asked): Prices | undefined => {
  const byKind = Map.groupBy(
    lists.filter((list) => list.currency === currency && list.validFrom <= date),
    (list) => list.kind,
  )
  const chosen = byKind.get(kind) ?? (byKind.size === 1 ? [...byKind.values()][0] : undefined)
  return chosen && newestOn(chosen, date)
}

export const floorInForce = (
  { floors }: Catalog,
  sku: string,
  { currency, date }: Pick<Asked, 'currency' | 'date'>,
): PriceFloor | undefined =>
  newestOn(
    (floors.get(sku) ?? []).filter(({ repFloor }) => repFloor.currency === currency),
    date,
  )
