import type { Filter, ListQuery, Page } from '@saleswright/store'

type Paging = {
  readonly pageSize: number
  readonly pageToken: string
  readonly orderBy: string
  readonly withTotal: boolean
}

/** A page as a list request asks for it; empty values of typed filters ask for nothing. */
export const queryOf = (
  { pageSize, pageToken, orderBy, withTotal }: Paging,
  filter: Readonly<Record<string, unknown>>,
): ListQuery => ({
  filter: Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''),
  ) as Filter,
  withTotal,
  ...(orderBy && { orderBy }),
  ...(pageSize > 0 && { pageSize }),
  ...(pageToken && { pageToken }),
})

export const pageFacts = ({ nextPageToken, totalSize }: Page<unknown>) => ({
  nextPageToken,
  ...(totalSize !== undefined && { totalSize }),
})
