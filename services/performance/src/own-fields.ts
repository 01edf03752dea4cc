import type { Aggregate } from '@saleswright/kernel'

const KEPT_BY_THE_STORE: ReadonlySet<string> = new Set([
  'id',
  '_id',
  'version',
  'schema',
  'chain',
  'companyId',
  'ownerId',
  'unitId',
  'orgPath',
  'partnerId',
])

type Own<T> = Omit<T, keyof Aggregate | '_id' | 'schema' | 'chain'>

/** The fields that a mapping speaks of: all but those that the store keeps by itself. */
export const ownFields = <T extends object>(of: T): Own<T> =>
  Object.fromEntries(Object.entries(of).filter(([field]) => !KEPT_BY_THE_STORE.has(field))) as Own<T>
