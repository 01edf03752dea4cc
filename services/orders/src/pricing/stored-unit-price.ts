import { formatUnitPrice, type UnitPrice } from '@saleswright/kernel'

/** Decimal text: its millionths may have more digits than a number of the store holds exactly, and nothing is summed over it. */
export const storedUnitPrice = (price: UnitPrice): string => formatUnitPrice(price)
