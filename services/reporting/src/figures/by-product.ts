import { allocate } from '@saleswright/kernel'
import type { Entry, Part } from './entry.ts'

type Slice = { readonly sku: string; readonly amounts: Entry['amounts'] }

const bySku = (parts: readonly Part[]): readonly Part[] => {
  const weights = new Map<string, bigint>()
  for (const { sku, weight } of parts) weights.set(sku, (weights.get(sku) ?? 0n) + weight)
  return [...weights].map(([sku, weight]) => ({ sku, weight }))
}

/** What is given away weighs nothing: then all products of the document weigh the same. */
const weightsOf = (parts: readonly Part[]): readonly bigint[] =>
  parts.some(({ weight }) => weight > 0n) ? parts.map(({ weight }) => weight) : parts.map(() => 1n)

/** The amounts of a document by product. They add up to the whole exactly; what names no product stays under ''. */
export const byProduct = ({ amounts, currency, products = [] }: Entry): readonly Slice[] => {
  const parts = bySku(products)
  const [only] = parts
  if (!only) return [{ sku: '', amounts }]
  if (parts.length === 1) return [{ sku: only.sku, amounts }]
  const weights = weightsOf(parts)
  const shares = Object.entries(amounts).map(([name, minor]) => [name, allocate({ currency, minor }, weights)] as const)
  return parts.map(({ sku }, index) => ({
    sku,
    amounts: Object.fromEntries(shares.map(([name, split]) => [name, split[index]?.minor ?? 0n])),
  }))
}
