import type { mongo } from 'mongoose'
import type { Filter } from './mapping.ts'
import { behind, type Order, pageToken, readPageToken, sortBy } from './paging.ts'
import type { ListQuery, Page } from './record-port.ts'
import type { Doc } from './values.ts'

const PAGE = 50
const LARGEST_PAGE = 200
const LARGEST_TOTAL = 10_000

const pageSizeOf = (wanted = 0): number => (wanted > 0 ? Math.min(wanted, LARGEST_PAGE) : PAGE)

type Asked<R extends mongo.Document> = {
  readonly collection: mongo.Collection<R>
  /** All rows that the list has, the scope's condition among them. */
  readonly rows: mongo.Filter<R>
  /** The caller's conditions, for which alone a token goes on. */
  readonly filter: Filter
  readonly order: Order
  readonly query: Omit<ListQuery, 'filter' | 'orderBy'>
}

/** A page of rows that begins where the token says; `page_token_mismatch` when it was made for another filter or order. */
export const readPage = async <R extends mongo.Document>(asked: Asked<R>): Promise<Page<mongo.WithId<R>>> => {
  const { collection, rows, filter, order, query } = asked
  const { namespace } = collection
  const { pageToken: token = '' } = query
  const size = pageSizeOf(query.pageSize)
  const from = token === '' ? undefined : behind(order, readPageToken(namespace, filter, order, token))
  const [found, totalSize] = await Promise.all([
    collection
      .find((from ? { $and: [rows, from] } : rows) as mongo.Filter<R>)
      .sort(sortBy(order))
      .limit(size + 1)
      .toArray(),
    query.withTotal ? collection.countDocuments(rows, { limit: LARGEST_TOTAL }) : undefined,
  ])
  const last = found.length > size ? found[size - 1] : undefined
  return {
    items: found.slice(0, size),
    nextPageToken: last ? pageToken(namespace, filter, order, last as Doc) : '',
    ...(totalSize !== undefined && { totalSize }),
  }
}
