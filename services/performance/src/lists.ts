import type { ListQuery, Page } from '@saleswright/store'

type Paging = {
  readonly pageSize: number
  readonly pageToken: string
  readonly orderBy: string
  readonly withTotal: boolean
}

/** A page as a list request asks for it; empty values of typed filters ask for nothing. */
export const queryOf = (
  { pageSize, pageToken, orderBy, withTotal }: Paging,
  filter: Readonly<Record<string, string | undefined>>,
): ListQuery => ({
  pageSize,
  pageToken,
  orderBy,
  withTotal,
  filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')),
})

export const pageFacts = ({ nextPageToken, totalSize }: Page<unknown>) => ({
  nextPageToken,
  ...(totalSize !== undefined && { totalSize }),
})

/** The word of a record for a number of the contract; undefined for the zero value, which says nothing. */
export const wordOf = <W extends string>(table: Readonly<Record<W, number>>, value: number): W | undefined =>
  (Object.keys(table) as W[]).find((word) => table[word] === value)
