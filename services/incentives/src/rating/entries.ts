import type { BusinessDate } from '@saleswright/kernel'
import { type Share, sharesBetween, type TiersOn } from './tiers.ts'

/**
 * What is left of one allocation of a payment, in the smallest unit. Where a receivable was paid in parts, rounding may take a cent more
 * back of one part than was told of it and a cent less of another, so it may lie below zero.
 */
export type Entry = {
  readonly on: BusinessDate
  readonly paymentNo: string
  readonly allocationId: string
  readonly basis: bigint
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** By date, document number and line (decisions 28). */
export const byPlace = (a: Entry, b: Entry): number =>
  compare(a.on, b.on) || compare(a.paymentNo, b.paymentNo) || compare(a.allocationId, b.allocationId)

/**
 * Which tiers each entry of a person and period lies in, by allocation id. Each begins where the one before it ends, so this is a
 * function of the entries and of the plans alone; in which order they became known is no part of it (decisions 28).
 */
export const rate = (entries: readonly Entry[], tiersOn: TiersOn): ReadonlyMap<string, readonly Share[]> => {
  let low = 0n
  return new Map(
    entries.toSorted(byPlace).map(({ allocationId, on, basis }) => {
      const shares = sharesBetween(tiersOn(on), low, low + basis)
      low += basis
      return [allocationId, shares]
    }),
  )
}
