import { divideHalfEven, formatScaled } from '@saleswright/kernel'

const DECIMALS = 4
const ONE = 10n ** BigInt(DECIMALS)

/** `part ÷ whole` to four decimals, "0.9231"; nothing where there is no whole. */
export const shareOf = (part: bigint | undefined, whole: bigint | undefined): string | undefined => {
  if (!whole) return undefined
  const sign = whole < 0n ? -1n : 1n
  return formatScaled(divideHalfEven((part ?? 0n) * ONE * sign, whole * sign), DECIMALS)
}

/** The rates that can be told, by their names. */
export const rates = (named: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(named).flatMap(([name, rate]) => (rate === undefined ? [] : [[name, rate]])))
