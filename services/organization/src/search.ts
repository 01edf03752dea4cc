import type { Aggregate } from '@saleswright/kernel'
import type { Base, Fields, Filter, Mapping } from '@saleswright/store'
import { plain } from './plain.ts'

const LONGEST_PREFIX = 12
const MOST_KEYS = 100

/** Words as they are compared; Chinese stands apart from what is written around it. */
const piecesOf = (text: string): readonly (readonly string[])[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Script=Han}+/gu, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .map((piece) => Array.from(piece))

const isChinese = ([letter = '']: readonly string[]): boolean => /\p{Script=Han}/u.test(letter)
const pairs = (letters: readonly string[]) => letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
const beginnings = (letters: readonly string[]) =>
  letters.slice(0, LONGEST_PREFIX).map((_, index) => letters.slice(0, index + 1).join(''))

/** What a name is found by (decisions 40): Chinese characters and pairs of them, and the beginnings of other words. */
export const searchKeys = (text: string): readonly string[] => {
  const keys = piecesOf(text).flatMap((piece) => (isChinese(piece) ? [...piece, ...pairs(piece)] : beginnings(piece)))
  return [...new Set(keys)].slice(0, MOST_KEYS)
}

/** All the keys that a name must have to be found. */
export const queryKeys = (query: string): readonly string[] => {
  const keys = piecesOf(query).flatMap((piece) => {
    if (isChinese(piece) && piece.length > 1) return pairs(piece)
    return [piece.slice(0, LONGEST_PREFIX).join('')]
  })
  return [...new Set(keys)]
}

/** Undefined where nothing is searched for. */
export const found = (query: string): Filter | undefined => {
  const keys = queryKeys(query)
  return keys.length > 0 ? { $all: keys } : undefined
}

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
