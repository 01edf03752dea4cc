import type { Money, Quantity, Rate } from '@saleswright/kernel'
import { exact } from '@saleswright/store'

/** How amounts lie in documents: whole numbers of minor units, thousandths and millionths, the currency once beside them. */
export const minorOf = ({ minor }: Money): number => exact(minor)
export const thousandthsOf = ({ thousandths }: Quantity): number => exact(thousandths)
export const millionthsOf = ({ millionths }: Rate): number => exact(millionths)

export const moneyIn =
  (currency: string) =>
  (minor: number): Money => ({ currency, minor: BigInt(minor) })
export const quantityFrom = (thousandths: number): Quantity => ({ thousandths: BigInt(thousandths) })
export const rateFrom = (millionths: number): Rate => ({ millionths: BigInt(millionths) })
