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

const rising = (tiers: readonly Tier[], low: bigint, high: bigint): readonly Share[] =>
  tiers.flatMap(({ from, rate }, index) => {
    // The first tier has no lower end: rounding may leave a basis a cent below zero.
    const begin = index === 0 ? low : greater(low, from)
    const basis = lesser(high, tiers[index + 1]?.from ?? high) - begin
    return basis > 0n ? [{ rate, basis }] : []
  })

/** What of the stretch from one amount to another lies in which tier: the parts add up to it, below zero when it goes down. */
export const sharesBetween = (tiers: readonly Tier[], from: bigint, to: bigint): readonly Share[] =>
  from <= to
    ? rising(tiers, from, to)
    : rising(tiers, to, from).map(({ rate, basis }): Share => ({ rate, basis: -basis }))

/** What shares earn, in millionths of the smallest unit: exact, so that nothing is lost however a basis is cut. */
export const exactly = (shares: readonly Share[]): bigint =>
  shares.reduce((sum, { rate, basis }) => sum + rate * basis, 0n)

/** In whole units, halves to even. */
export const rounded = (exact: bigint): bigint => divideHalfEven(exact, MILLION)

/** What a basis earns in a period, from zero on. */
export const commissionOn = (tiers: readonly Tier[], basis: bigint): bigint =>
  rounded(exactly(sharesBetween(tiers, 0n, basis)))
