import type { IndexDefinition } from 'mongoose'

/** Longer ones find nothing that shorter ones do not, and each costs an entry of the index. */
const LONGEST = 12
const MOST = 120

export const SEARCH_INDEX: [IndexDefinition] = [{ companyId: 1, searchKeys: 1, _id: -1 }]

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []

const keysOf = (word: string): readonly string[] =>
  /\p{Script=Han}/u.test(word)
    ? word.length === 1
      ? [word]
      : Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))
    : Array.from({ length: Math.min(word.length, LONGEST) - 1 }, (_, at) => word.slice(0, at + 2))

/** Two characters of Chinese at a time, and the beginnings of other words (decisions 40). */
export const prefixesOf = (...texts: readonly string[]): readonly string[] =>
  [...new Set(texts.flatMap((text) => wordsOf(text)).flatMap(keysOf))].slice(0, MOST)

/** What a search asks for: all of its words. A filter without conditions where it has none. */
export const searchFilter = (q: string): Readonly<Record<string, unknown>> => {
  const keys = wordsOf(q).flatMap((word) => (/\p{Script=Han}/u.test(word) ? keysOf(word) : [word.slice(0, LONGEST)]))
  return keys.length === 0 ? {} : { $and: [...new Set(keys)].map((searchKeys) => ({ searchKeys })) }
}
