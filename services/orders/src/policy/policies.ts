import { choice, wholeNumber } from '@saleswright/policy'

/** Decision 46: whether a price above the list may be agreed. Never for stores and on retail lists. */
export const PRICE_ABOVE_LIST = choice('price_above_list', ['refuse', 'approve', 'allow'], 'approve')

/** Decision 48: how much of the stock partners are shown. */
export const PARTNER_AVAILABILITY = choice('partner_availability', ['exact', 'banded', 'hidden'], 'banded')

/** How much of what is owed, in the smallest unit of its currency, one person may write off. */
export const SMALL_DIFFERENCE = wholeNumber('small_difference', { minimum: 0, maximum: 1_000_000 }, 100)

/** Below so many units of a product partners are shown that few are left. */
export const PARTNER_FEW_LEFT = wholeNumber('partner_few_left', { minimum: 1, maximum: 1_000_000 }, 10)

/** Decision 53: for how many days after its confirmation what an order waits for is promised. */
export const PRODUCTION_DAYS = wholeNumber('production_days', { minimum: 1, maximum: 365 }, 14)

export const POLICIES = [PRICE_ABOVE_LIST, PARTNER_AVAILABILITY, PARTNER_FEW_LEFT, SMALL_DIFFERENCE, PRODUCTION_DAYS]
