import type { Quantity } from '@saleswright/kernel'
import type { Line } from './order.ts'

/** A line, and how much of it is there. */
export type Allotted = { readonly line: Line; readonly there: Quantity }

export const isShort = ({ line, there }: Allotted): boolean => there.thousandths < line.quantity.thousandths

/** The lines take what is available of their products one after the other; what is not kept on stock is always there. */
export const allot = (
  lines: readonly Line[],
  availableOf: (sku: string) => Quantity | undefined,
): readonly Allotted[] => {
  const taken = new Map<string, bigint>()
  return lines.map((line) => {
    if (!line.fromStock) return { line, there: line.quantity }
    const { sku, quantity } = line
    const before = taken.get(sku) ?? 0n
    const left = (availableOf(sku)?.thousandths ?? 0n) - before
    const there = left < quantity.thousandths ? sellable(left, line) : quantity.thousandths
    taken.set(sku, before + there)
    return { line, there: { thousandths: there } }
  })
}

const THOUSANDTHS = 1_000n

/** Of half a piece nothing is sold. */
const sellable = (thousandths: bigint, { quantityDecimals }: Line): bigint => {
  const step = THOUSANDTHS / 10n ** BigInt(quantityDecimals)
  return thousandths > 0n ? thousandths - (thousandths % step) : 0n
}
