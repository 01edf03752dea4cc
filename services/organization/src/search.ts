import type { Aggregate } from '@saleswright/kernel'
import { type Base, type Fields, type Mapping, plain, searchKeys } from '@saleswright/store'

type Searched<T> = Fields<T> & { readonly searchKeys: readonly string[] }
export type SearchedMapping<T extends Aggregate> = Mapping<T, Searched<T>>

/** For records whose fields are stored as they are, with the keys that they are found by, which are no part of the record. */
export const searched = <T extends Aggregate>(nameOf: (record: T) => string) => {
  const { document, record } = plain<T>()
  return {
    document: (of: T): Searched<T> => ({ ...document(of), searchKeys: searchKeys(nameOf(of)) }),
    record: (of: Searched<T> & Base): Fields<T> => record(of),
  }
}
