import { invalid } from './app-error.ts'
import { divideHalfUp, formatTrimmed, type Money, ratio } from './money.ts'

/** A share of one in millionths: 3 % is 30000n. */
export type Rate = { readonly millionths: bigint }

const ONE = 1_000_000n

/** Reads "0.03" or "1"; at most six decimals. */
export const parseRate = (text: string): Rate => {
  const {
    sign = '',
    whole,
    fraction = '',
  } = /^(?<sign>-?)(?<whole>\d{1,6})(?:\.(?<fraction>\d{1,6}))?$/.exec(text)?.groups ?? {}
  if (whole === undefined) throw invalid('bad_rate', { rate: text })
  return { millionths: BigInt(sign + whole + fraction.padEnd(6, '0')) }
}

/** Without trailing zeros: "0.03", "1". */
export const formatRate = ({ millionths }: Rate): string => formatTrimmed(millionths, 6)

/** The share of an amount, halves to even. */
export const share = (amount: Money, { millionths }: Rate): Money => ratio(amount, millionths, ONE)

/** The tax on a net amount, halves up as tax is reckoned (ADR 0012). */
export const taxOn = ({ currency, minor }: Money, { millionths }: Rate): Money => ({
  currency,
  minor: divideHalfUp(minor * millionths, ONE),
})
