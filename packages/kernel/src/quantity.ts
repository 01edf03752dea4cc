import { invalid } from './app-error.ts'
import { divideHalfUp, formatTrimmed, type Money } from './money.ts'

/** A count or a measure in thousandths of its unit: 2.5 kg is 2500n. */
export type Quantity = { readonly thousandths: bigint }

/** Reads "12" or "2.5"; more than three decimals or nine integer digits are refused. */
export const parseQuantity = (text: string): Quantity => {
  const { whole, fraction = '' } = /^(?<whole>\d{1,9})(?:\.(?<fraction>\d{1,3}))?$/.exec(text)?.groups ?? {}
  if (whole === undefined) throw invalid('bad_quantity', { quantity: text })
  return { thousandths: BigInt(whole + fraction.padEnd(3, '0')) }
}

/** Without trailing zeros: "2.5", "12". */
export const formatQuantity = ({ thousandths }: Quantity): string => formatTrimmed(thousandths, 3)

/** A price for so many units, halves up as lines of invoices round (ADR 0012). */
export const times = ({ currency, minor }: Money, { thousandths }: Quantity): Money => ({
  currency,
  minor: divideHalfUp(minor * thousandths, 1000n),
})
