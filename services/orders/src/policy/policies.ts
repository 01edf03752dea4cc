import { choice } from '@saleswright/policy'

/** Decision 46: whether a price above the list may be agreed. Never for stores and on retail lists. */
export const PRICE_ABOVE_LIST = choice('price_above_list', ['refuse', 'approve', 'allow'], 'approve')

/** Decision 48: how much of the stock partners are shown. */
const PARTNER_AVAILABILITY = choice('partner_availability', ['exact', 'banded', 'hidden'], 'banded')

export const POLICIES = [PRICE_ABOVE_LIST, PARTNER_AVAILABILITY]
