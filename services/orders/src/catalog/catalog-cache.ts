import { type Clock, companyScope } from '@saleswright/kernel'
import type { Repository } from '@saleswright/store'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceList } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'
import { type Catalog, catalogOf } from './prices-in-force.ts'

export type CatalogCache = {
  /** As it is now, or was a few seconds ago on another replica; `fresh` asks the store, before something is refused. */
  readonly of: (companyId: string, freshness?: 'fresh') => Promise<Catalog>
  /** After every change that this process has stored. */
  readonly forget: (companyId: string) => void
}

const MAX_AGE_MS = 5_000
const COMPANIES = 100

type Entry = { readonly loadedAt: number; readonly catalog: Promise<Catalog> }

/** Products, lists and floors of a company lie in memory: an order reads them without asking the store. */
export const catalogCache = (
  repositories: {
    readonly products: Repository<Product>
    readonly priceLists: Repository<PriceList>
    readonly priceFloors: Repository<PriceFloor>
  },
  clock: Clock,
): CatalogCache => {
  const entries = new Map<string, Entry>()

  const load = async (companyId: string): Promise<Catalog> => {
    const scope = companyScope(companyId)
    const [products, lists, floors] = await Promise.all([
      repositories.products.findBy(scope, {}),
      repositories.priceLists.findBy(scope, {}),
      repositories.priceFloors.findBy(scope, {}),
    ])
    return catalogOf(products, lists, floors)
  }

  const reload = (companyId: string): Promise<Catalog> => {
    const entry = { loadedAt: clock.now().getTime(), catalog: load(companyId) }
    entries.delete(companyId)
    entries.set(companyId, entry)
    const [oldest] = entries.keys()
    if (entries.size > COMPANIES && oldest !== undefined) entries.delete(oldest)
    entry.catalog.catch(() => {
      if (entries.get(companyId) === entry) entries.delete(companyId)
    })
    return entry.catalog
  }

  return {
    of: (companyId, freshness) => {
      const entry = entries.get(companyId)
      const young = entry && clock.now().getTime() - entry.loadedAt < MAX_AGE_MS
      return entry && young && freshness === undefined ? entry.catalog : reload(companyId)
    },
    forget: (companyId) => {
      entries.delete(companyId)
    },
  }
}
