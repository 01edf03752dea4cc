import { type BusinessDate, divideHalfEven } from '@saleswright/kernel'

/** A tier from an amount in the smallest unit on; the rate, in millionths, is paid on what lies in it and not on what lies below (marginal). */
export type Tier = { readonly from: bigint; readonly rate: bigint }

/** The tiers in force on a day. */
export type TiersOn = (on: BusinessDate) => readonly Tier[]

/** The part of a basis that lies in a tier. */
export type Share = { readonly rate: bigint; readonly basis: bigint }

const MILLION = 1_000_000n
const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** What of the stretch from `low` to `high` lies in which tier; the parts add up to the stretch. */
export const sharesBetween = (tiers: readonly Tier[], low: bigint, high: bigint): readonly Share[] =>
  tiers.flatMap(({ from, rate }, index) => {
    const basis = lesser(high, tiers[index + 1]?.from ?? high) - greater(low, from)
    return basis > 0n ? [{ rate, basis }] : []
  })

/** What shares earn, in millionths of the smallest unit: exact, so that nothing is lost however a basis is cut. */
export const exactly = (shares: readonly Share[]): bigint =>
  shares.reduce((sum, { rate, basis }) => sum + rate * basis, 0n)

/** In whole units, halves to even. */
export const rounded = (exact: bigint): bigint => divideHalfEven(exact, MILLION)

/** What a basis earns in a period, from zero on. */
export const commissionOn = (tiers: readonly Tier[], basis: bigint): bigint =>
  rounded(exactly(sharesBetween(tiers, 0n, basis)))
