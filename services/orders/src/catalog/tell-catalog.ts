import { invalid } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'

/** Does a change of the catalog; whatever becomes of it, the next order reads the catalog anew. */
export const tellCatalog = async <R>({ catalog }: Desk, { actor }: Call, change: () => Promise<R>): Promise<R> => {
  try {
    return await change()
  } finally {
    catalog.forget(actor.companyId)
  }
}

/** Prices are for what there is. */
export const checkSkus = async (
  { catalog }: Desk,
  companyId: string,
  skus: readonly string[],
  fieldOf: (index: number) => string = () => 'sku',
): Promise<void> => {
  const unknownIn = async (freshness?: 'fresh') => {
    const { products } = await catalog.of(companyId, freshness)
    return skus.findIndex((sku) => !products.has(sku))
  }
  if ((await unknownIn()) === -1) return
  const index = await unknownIn('fresh')
  if (index === -1) return
  const violation = { field: fieldOf(index), rule: 'unknown_sku', message: 'is no product' }
  throw invalid('unknown_sku', { sku: skus[index] ?? '' }, [violation])
}
