import type { Money, Quantity, Rate } from '@saleswright/kernel'
import { exact } from './values.ts'

/** How amounts lie in documents: whole numbers of minor units, thousandths and millionths, the currency once beside them. */
export const minorOf = ({ minor }: Money): number => exact(minor)
export const thousandthsOf = ({ thousandths }: Quantity): number => exact(thousandths)
export const millionthsOf = ({ millionths }: Rate): number => exact(millionths)

export const moneyIn =
  (currency: string) =>
  (minor: number): Money => ({ currency, minor: BigInt(minor) })
export const quantityFrom = (thousandths: number): Quantity => ({ thousandths: BigInt(thousandths) })
export const rateFrom = (millionths: number): Rate => ({ millionths: BigInt(millionths) })

/** An amount that stands by itself in a document. */
export type StoredMoney = { readonly currency: string; readonly minor: number }

export const MONEY_FIELD = { type: { _id: false, currency: String, minor: Number }, required: false }

export const storedMoney = (money: Money): StoredMoney => ({ currency: money.currency, minor: minorOf(money) })
export const moneyFrom = ({ currency, minor }: StoredMoney): Money => moneyIn(currency)(minor)
