import { simplified } from '@saleswright/kernel'
import type { Schema } from 'mongoose'
import type { Filter } from './mapping.ts'
import { initials } from './pinyin.ts'

const LONGEST_PREFIX = 12
const MOST_KEYS = 200

const piecesOf = (text: string): readonly string[] =>
  simplified(text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .toLowerCase()
    .replaceAll(/\p{Script=Han}+/gu, ' $& ')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)

const lettersOf = (piece: string): readonly string[] => Array.from(piece)

const isChinese = (piece: string): boolean => /^\p{Script=Han}/u.test(piece)

const bigrams = (piece: string): readonly string[] => {
  const letters = lettersOf(piece)
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

const prefixes = (piece: string): readonly string[] => {
  const letters = lettersOf(piece).slice(0, LONGEST_PREFIX)
  return letters.map((_, index) => letters.slice(0, index + 1).join(''))
}

const chineseKeys = (piece: string): readonly string[] => [
  ...lettersOf(piece),
  ...bigrams(piece),
  // One letter alone would find nearly everything.
  ...initials(piece).flatMap((letters) => prefixes(letters).slice(1)),
]

/**
 * What a record is found by (decisions 40): each Chinese character and pair of them, the beginnings of their pinyin initials, and
 * each beginning of other words. Traditional characters are found by simplified ones and the other way round.
 */
export const searchKeys = (...texts: readonly string[]): readonly string[] => {
  const keys = texts.flatMap(piecesOf).flatMap((piece) => (isChinese(piece) ? chineseKeys(piece) : prefixes(piece)))
  return [...new Set(keys)].slice(0, MOST_KEYS)
}

const queryKeys = (query: string): readonly string[] => {
  const keys = piecesOf(query).flatMap((piece) => {
    if (!isChinese(piece)) return [lettersOf(piece).slice(0, LONGEST_PREFIX).join('')]
    return lettersOf(piece).length === 1 ? [piece] : bigrams(piece)
  })
  return [...new Set(keys)]
}

/** The key that no text has. */
const NO_KEY = ''

/** The condition for what a query finds, which has all of its keys: nothing where it is nothing but signs. An empty query asks for all. */
export const searchFilter = (query: string): Filter => {
  if (query === '') return {}
  const keys = queryKeys(query)
  return { $and: (keys.length > 0 ? keys : [NO_KEY]).map((key) => ({ searchKeys: key })) }
}

/** Documents keep their keys in `searchKeys`, beside the mapped fields: they are no part of the record. */
export const indexSearchKeys = (schema: Schema): Schema => schema.index({ companyId: 1, searchKeys: 1, _id: -1 })
