import { type PolicyDefinition, wholeNumber } from '@saleswright/policy'

/** How many days who let a lead go leaves it to others. */
export const LEAD_COOL_DOWN_DAYS = wholeNumber('lead_cool_down_days', { minimum: 0, maximum: 365 }, 7)

/** How many open leads a person may hold and still claim another one. */
export const LEAD_CAPACITY = wholeNumber('lead_capacity', { minimum: 1, maximum: 10_000 }, 100)

export const POLICIES: readonly PolicyDefinition[] = [LEAD_COOL_DOWN_DAYS, LEAD_CAPACITY]
