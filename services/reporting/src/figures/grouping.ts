import { periodOf } from '@saleswright/kernel'
import type { Entry } from './entry.ts'

export const GROUPINGS = [
  ...(['month', 'period', 'orgUnit', 'office', 'manager', 'person'] as const),
  ...(['product', 'customer', 'region', 'stage', 'bucket'] as const),
] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What groupings need to know of the organisation and of customers. */
export type Known = {
  readonly isOffice: (unitId: string) => boolean
  readonly managerOf: (personId: string, date: string) => string | undefined
  readonly regionOf: (customerId: string) => string | undefined
}

type KeyOf = (entry: Entry, sku: string, known: Known) => string | undefined

const KEYS = {
  month: ({ date }) => periodOf(date, 'month'),
  period: ({ period }) => period,
  orgUnit: ({ unitId }) => unitId,
  // The nearest one, where offices stand below each other.
  office: ({ orgPath = [] }, _sku, { isOffice }) => orgPath.findLast(isOffice),
  manager: ({ ownerId = '', date }, _sku, { managerOf }) => managerOf(ownerId, date),
  person: ({ ownerId }) => ownerId,
  product: (_entry, sku) => sku,
  customer: ({ customerId }) => customerId,
  region: ({ customerId = '' }, _sku, { regionOf }) => regionOf(customerId),
  stage: ({ stage }) => stage,
  bucket: ({ bucket }) => bucket,
} as const satisfies Record<Grouping, KeyOf>

/** What an entry counts under; '' where it is unknown, so that nothing drops out of a sum. */
export const keyOf = (grouping: Grouping, entry: Entry, sku: string, known: Known): string =>
  KEYS[grouping](entry, sku, known) ?? ''
