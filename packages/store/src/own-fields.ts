import type { Aggregate } from '@saleswright/kernel'
import type { Base, Fields, Mapping } from './mapping.ts'

/** The fields of the row scope, which the store writes itself. */
export const SCOPE_FIELDS = ['companyId', 'ownerId', 'unitId', 'orgPath', 'partnerId'] as const
/** What it writes into every document; no mapping names these. */
export const BASE_FIELDS: ReadonlySet<string> = new Set(['_id', 'version', 'schema', 'chain', ...SCOPE_FIELDS])

type Kept = keyof Aggregate | keyof Base | 'searchKeys'

/** The fields that a mapping speaks of: without those that the store keeps by itself, and without the keys of a search. */
export const ownFields = <T extends object>(of: T): Omit<T, Kept> =>
  Object.fromEntries(
    Object.entries(of).filter(([field]) => field !== 'id' && field !== 'searchKeys' && !BASE_FIELDS.has(field)),
  ) as Omit<T, Kept>

export type PlainMapping<T extends Aggregate> = Mapping<T, Fields<T> & object>

/** For records whose fields are stored as they are. */
export const plain = <T extends Aggregate>() => ({
  document: (record: T) => ownFields(record) as Fields<T> & object,
  record: (document: (Fields<T> & object) & Base) => ownFields(document) as unknown as Fields<T>,
})
