import { invalid } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'

/** Changes some products of the catalog; whatever comes of it, the next order reads these anew. */
export const changeCatalog = async <R>(
  { catalog }: Desk,
  { actor }: Call,
  skus: readonly string[],
  change: () => Promise<R>,
): Promise<R> => {
  try {
    return await change()
  } finally {
    catalog.forget(actor.companyId, skus)
  }
}

/** Prices are for what is sold. */
export const checkSkus = async (
  { catalog }: Desk,
  companyId: string,
  skus: readonly string[],
  fieldOf: (index: number) => string = () => 'sku',
): Promise<void> => {
  const unknownIn = async (freshness?: 'fresh') => {
    const offers = await catalog.offers(companyId, skus, freshness)
    return skus.findIndex((sku) => !offers.has(sku))
  }
  if ((await unknownIn()) === -1) return
  const index = await unknownIn('fresh')
  if (index === -1) return
  const violation = { field: fieldOf(index), rule: 'unknown_sku', message: 'is not a product' }
  throw invalid('unknown_sku', { sku: skus[index] ?? '' }, [violation])
}
