import { byProduct } from './by-product.ts'
import type { Entry } from './entry.ts'
import { type Grouping, type Known, keyOf } from './grouping.ts'

/** A part of a document, and what it counts under: the keys in the order of the groupings. */
type Slice = { readonly keys: readonly string[]; readonly amounts: Entry['amounts'] }

/** A document divided by its products where the report is; else the whole of it. */
export const slicesOf = (entry: Entry, groupings: readonly Grouping[], known: Known): readonly Slice[] => {
  const parts = groupings.includes('product') ? byProduct(entry) : [{ sku: '', amounts: entry.amounts }]
  return parts.map(({ sku, amounts }) => ({
    keys: groupings.map((grouping) => keyOf(grouping, entry, sku, known)),
    amounts,
  }))
}
