import type { Aggregate } from '@saleswright/kernel'
import type { Base, Fields, Mapping } from '@saleswright/store'

/** What the store keeps by itself, on a record and on a document; and the keys of `search.ts`. */
const KEPT_BY_THE_STORE = new Set(
  'id _id version schema chain companyId ownerId unitId orgPath partnerId searchKeys'.split(' '),
)

const fieldsOf = (of: object): object =>
  Object.fromEntries(Object.entries(of).filter(([field]) => !KEPT_BY_THE_STORE.has(field)))

export type PlainMapping<T extends Aggregate> = Mapping<T, Fields<T> & object>

/** For records whose fields are stored as they are. */
export const plain = <T extends Aggregate>() => ({
  document: (record: T) => fieldsOf(record) as Fields<T> & object,
  record: (document: (Fields<T> & object) & Base) => fieldsOf(document) as Fields<T>,
})
