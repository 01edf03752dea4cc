import type { Filter, ListQuery, Page } from '@saleswright/store'

type ListRequest = {
  readonly pageSize: number
  readonly pageToken: string
  readonly orderBy: string
  readonly withTotal: boolean
}

/** A list request of the contract as the store asks; conditions that are undefined are none. */
export const queryOf = ({ pageSize, pageToken, orderBy, withTotal }: ListRequest, filter: Filter = {}): ListQuery => ({
  pageSize,
  pageToken,
  orderBy,
  withTotal,
  filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
})

/** What every list answer has beside its items. */
export const pageFields = ({ nextPageToken, totalSize }: Page<unknown>) => ({
  nextPageToken,
  ...(totalSize !== undefined && { totalSize }),
})
