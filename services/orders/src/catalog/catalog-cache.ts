import { type Clock, companyScope } from '@saleswright/kernel'
import type { Repository } from '@saleswright/store'
import { LRUCache } from 'lru-cache'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { Product } from '../product/product.ts'
import type { ProductPrices } from '../product-prices/product-prices.ts'
import type { Offer, Offers } from './offer.ts'

export type CatalogCache = {
  /**
   * What is sold under these skus, as it is now, or was a few seconds ago on another replica; `fresh` asks the store, before something
   * is refused.
   */
  readonly offers: (companyId: string, skus: readonly string[], freshness?: 'fresh') => Promise<Offers>
  /** After every change of these products that this process has stored. */
  readonly forget: (companyId: string, skus: readonly string[]) => void
}

type Sources = {
  readonly products: Repository<Product>
  readonly productPrices: Repository<ProductPrices>
  readonly priceFloors: Repository<PriceFloor>
}

/** How long a change of another replica may go unseen. */
const MAX_AGE_MS = 5_000
/** Stamps are taken before their commit, and clocks of replicas differ. */
const OVERLAP_MS = 60_000
const REMEMBERED = 50_000
const MOST_CHANGES = 1_000

type Known = LRUCache<string, Promise<Offer | undefined>>

const keyOf = (companyId: string, sku: string): string => `${companyId}|${sku}`

/**
 * Offers are kept by product and loaded when an order first asks for them. A change makes this process forget that product alone; what
 * other replicas changed is asked for every few seconds (ADR 0010).
 */
export const catalogCache = (sources: Sources, clock: Clock): CatalogCache => {
  const known: Known = new LRUCache({ max: REMEMBERED })
  const lookedAt = new Map<string, number>()

  const forget = (companyId: string, skus: readonly string[]): void => {
    for (const sku of skus) known.delete(keyOf(companyId, sku))
  }

  /** Forgets what was changed since this process last looked. */
  const catchUp = async (companyId: string): Promise<void> => {
    const now = clock.now().getTime()
    const last = lookedAt.get(companyId)
    // Of a clock that was set back nobody knows how long ago that was.
    if (last !== undefined && now >= last && now - last < MAX_AGE_MS) return
    lookedAt.set(companyId, now)
    if (last === undefined) return
    try {
      const changed = await changedSince(sources, companyId, new Date(Math.min(last, now) - OVERLAP_MS))
      if (changed) forget(companyId, changed)
      else known.clear()
    } catch (error) {
      lookedAt.set(companyId, last)
      throw error
    }
  }

  return {
    forget,
    offers: async (companyId, skus, freshness) => {
      await catchUp(companyId)
      const wanted = [...new Set(skus)]
      if (freshness) forget(companyId, wanted)
      const missing = wanted.filter((sku) => !known.has(keyOf(companyId, sku)))
      if (missing.length > 0) ask(known, sources, companyId, missing)
      const found = await Promise.all(wanted.map(async (sku) => [sku, await known.get(keyOf(companyId, sku))] as const))
      return new Map(found.flatMap(([sku, offer]) => (offer ? [[sku, offer] as const] : [])))
    },
  }
}

/** Begins to load what several callers may then wait for. What is not there, or could not be read, is asked for again. */
const ask = (known: Known, sources: Sources, companyId: string, skus: readonly string[]): void => {
  const loading = load(sources, companyId, skus)
  for (const sku of skus) {
    const key = keyOf(companyId, sku)
    const offer = loading.then((offers) => offers.get(sku))
    known.set(key, offer)
    const drop = () => {
      if (known.peek(key) === offer) known.delete(key)
    }
    offer.then((found) => found ?? drop(), drop)
  }
}

const load = async (sources: Sources, companyId: string, skus: readonly string[]): Promise<Offers> => {
  const scope = companyScope(companyId)
  const ofThese = { sku: { $in: skus } }
  const [products, prices, floors] = await Promise.all([
    sources.products.findBy(scope, ofThese),
    sources.productPrices.findBy(scope, ofThese),
    sources.priceFloors.findBy(scope, ofThese),
  ])
  const pointsBySku = new Map(prices.map(({ sku, points }) => [sku, points]))
  const floorsBySku = Map.groupBy(floors, ({ sku }) => sku)
  return new Map(
    products.map((product) => {
      const { sku } = product
      return [sku, { product, points: pointsBySku.get(sku) ?? [], floors: floorsBySku.get(sku) ?? [] }]
    }),
  )
}

/** Undefined where so much has changed that everything is better read anew. */
const changedSince = async (
  sources: Sources,
  companyId: string,
  since: Date,
): Promise<readonly string[] | undefined> => {
  const scope = companyScope(companyId)
  const changed = { changedAt: { $gte: since } }
  const options = { limit: MOST_CHANGES }
  const found = await Promise.all([
    sources.products.findBy(scope, changed, options),
    sources.productPrices.findBy(scope, changed, options),
    sources.priceFloors.findBy(scope, changed, options),
  ])
  if (found.some(({ length }) => length === MOST_CHANGES)) return undefined
  return found.flat().map(({ sku }) => sku)
}
