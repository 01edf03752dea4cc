import { compareMoney, type Money } from '@saleswright/kernel'
import type { PriceFloor } from '../price-floor/price-floor.ts'

/** What an approval is asked for, strictest last. */
const PRICE_CLASSES = ['price_under_rep_floor', 'price_under_manager_floor'] as const
export type PriceClass = (typeof PRICE_CLASSES)[number]

/**
 * R163: which authority a unit price needs. Exactly at a floor is not under it. R162: where no floor is set, nobody may go
 * under the list price alone.
 */
export const classOf = (unitPrice: Money, listUnitPrice: Money, floor?: PriceFloor): PriceClass | undefined => {
  if (floor && compareMoney(unitPrice, floor.managerFloor) < 0) return 'price_under_manager_floor'
  return compareMoney(unitPrice, floor?.repFloor ?? listUnitPrice) < 0 ? 'price_under_rep_floor' : undefined
}

/** One case for an order: the strictest class that any of its lines needs. */
export const strictest = (classes: readonly (PriceClass | undefined)[]): PriceClass | undefined =>
  PRICE_CLASSES.findLast((one) => classes.includes(one))
