import { invalid } from './app-error.ts'
import { decimalsOf, divideHalfUp, expectAmount, formatTrimmed, type Money } from './money.ts'
import type { Quantity } from './quantity.ts'
import type { Rate } from './rate.ts'

/** The price of one unit in millionths of the currency's unit: 16.448 CNY is 16448000n. Finer than any amount that is paid. */
export type UnitPrice = { readonly currency: string; readonly millionths: bigint }

const DECIMALS = 6
const ONE = 10n ** BigInt(DECIMALS)
const FORM = /^(?<whole>\d{1,12})(?:\.(?<fraction>\d{1,6}))?$/

/** Reads "16.448"; at most twelve integer digits and six decimals, whatever the currency has. */
export const parseUnitPrice = (currency: string, amount: string): UnitPrice => {
  decimalsOf(currency)
  const { whole, fraction = '' } = FORM.exec(amount)?.groups ?? {}
  if (whole === undefined) throw invalid('bad_unit_price', { amount, currency })
  return { currency, millionths: BigInt(whole + fraction.padEnd(DECIMALS, '0')) }
}

/** With the decimals of its currency, and as many more as it needs: "80.00", "16.448". */
export const formatUnitPrice = ({ currency, millionths }: UnitPrice): string => {
  const [whole = '', fraction = ''] = formatTrimmed(millionths, DECIMALS).split('.')
  const kept = fraction.padEnd(decimalsOf(currency), '0')
  return kept ? `${whole}.${kept}` : whole
}

export const unitPriceOf = ({ currency, minor }: Money): UnitPrice => ({
  currency,
  millionths: minor * 10n ** BigInt(DECIMALS - decimalsOf(currency)),
})

/** Below zero, zero or above zero, as `left` is less than, equal to or more than `right`. */
export const compareUnitPrices = (left: UnitPrice, right: UnitPrice): number => {
  if (left.currency !== right.currency)
    throw invalid('mixed_currencies', { left: left.currency, right: right.currency })
  return left.millionths < right.millionths ? -1 : Number(left.millionths > right.millionths)
}

const NO_DISCOUNT: Rate = { millionths: 0n }

/** Price × quantity × (1 − discount), rounded once and halves up as lines of invoices are (ADR 0012). */
export const extend = (
  { currency, millionths }: UnitPrice,
  { thousandths }: Quantity,
  discount: Rate = NO_DISCOUNT,
): Money => {
  const dividend = millionths * thousandths * (ONE - discount.millionths) * 10n ** BigInt(decimalsOf(currency))
  return expectAmount({ currency, minor: divideHalfUp(dividend, ONE * 1000n * ONE) })
}

/** Whether a price less its discount is below, equal to or above another one: exactly, without rounding it first. */
export const compareDiscounted = (price: UnitPrice, discount: Rate | undefined, other: UnitPrice): number =>
  compareUnitPrices(
    { ...price, millionths: price.millionths * (ONE - (discount ?? NO_DISCOUNT).millionths) },
    { ...other, millionths: other.millionths * ONE },
  )
