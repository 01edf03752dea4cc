import type { Filter } from './mapping.ts'
import type { ListQuery, Page } from './record-port.ts'

/** What every list request of the contracts has beside its conditions. */
type ListRequest = {
  readonly pageSize: number
  readonly pageToken: string
  readonly orderBy: string
  readonly withTotal: boolean
}

/** A list request as the store is asked; conditions that are empty ask for nothing. */
export const queryOf = ({ pageSize, pageToken, orderBy, withTotal }: ListRequest, filter: Filter = {}): ListQuery => ({
  pageSize,
  pageToken,
  orderBy,
  withTotal,
  filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')),
})

/** What every list answer has beside its items. */
export const pageFacts = ({ nextPageToken, totalSize }: Page<unknown>) => ({
  nextPageToken,
  ...(totalSize !== undefined && { totalSize }),
})
