import type { Actor, BusinessDate, Quantity } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { PARTNER_AVAILABILITY } from '../policy/policies.ts'

/** Exact figures, whether there is much or little, or nothing. */
export type Shown = 'exact' | 'banded' | 'hidden'

/** Decision 48: what a caller may know of the stock. Services act for nobody who would learn it. */
export const shownStock = async ({ policies }: Desk, actor: Actor, date: BusinessDate): Promise<Shown> => {
  const { kind, grants, companyId } = actor
  if (kind === 'partner') return policies.value(companyId, PARTNER_AVAILABILITY, date)
  return kind === 'service' || grants.has('stock.read') ? 'exact' : 'hidden'
}

export type Band = 'out' | 'few' | 'there'

export const bandOf = (available: Quantity, few: number): Band => {
  if (available.thousandths <= 0n) return 'out'
  return available.thousandths < BigInt(few) * 1000n ? 'few' : 'there'
}
