import {
  compareDiscounted,
  compareUnitPrices,
  conflict,
  formatUnitPrice,
  type Rate,
  type UnitPrice,
} from '@saleswright/kernel'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceKind } from '../price-list/price-list.ts'

/** What an approval is asked for, strictest last: the authority for one of them covers those before it. */
const PRICE_CLASSES = ['price_above_list', 'price_under_rep_floor', 'price_under_manager_floor'] as const
export type PriceClass = (typeof PRICE_CLASSES)[number]

export type AboveList = 'refuse' | 'approve' | 'allow'

export type AboveListPolicy = {
  /** Decision 46: what becomes of a price above the list. */
  readonly aboveList: AboveList
  /** A migration carries what was agreed when it was. */
  readonly migrated: boolean
}

/** A price that was agreed for a line, and the list that priced it. */
export type AgreedPrice = {
  readonly sku: string
  readonly unitPrice: UnitPrice
  readonly discountRate?: Rate | undefined
  readonly listUnitPrice: UnitPrice
  readonly kind: PriceKind
  readonly floor?: PriceFloor | undefined
}

/**
 * Which authority an agreed price needs; a published price needs none (decision 45). R163: exactly at a floor is not under it. R162: where
 * no floor is set, nobody goes below the list alone. Above the list the policy of the company counts, and on retail lists it is refused
 * always, but of a migration (decision 46).
 */
export const classOf = (agreed: AgreedPrice, policy: AboveListPolicy): PriceClass | undefined => {
  const { unitPrice, discountRate, listUnitPrice, floor } = agreed
  const against = (other: UnitPrice): number => compareDiscounted(unitPrice, discountRate, other)
  if (against(listUnitPrice) > 0) return classAbove(agreed, policy)
  // What the list itself undercuts was decided by whoever published it.
  const under = (of: UnitPrice): boolean => against(compareUnitPrices(of, listUnitPrice) < 0 ? of : listUnitPrice) < 0
  if (floor && under(floor.managerFloor)) return 'price_under_manager_floor'
  return under(floor?.repFloor ?? listUnitPrice) ? 'price_under_rep_floor' : undefined
}

const classAbove = ({ sku, listUnitPrice, kind }: AgreedPrice, { aboveList, migrated }: AboveListPolicy) => {
  if (migrated) return undefined
  if (kind === 'retail' || aboveList === 'refuse') {
    throw conflict('price_above_list', { sku, listUnitPrice: formatUnitPrice(listUnitPrice) })
  }
  return aboveList === 'approve' ? 'price_above_list' : undefined
}

/** One case for an order: the strictest class that any of its lines needs. */
export const strictest = (classes: readonly (PriceClass | undefined)[]): PriceClass | undefined =>
  PRICE_CLASSES.findLast((one) => classes.includes(one))
