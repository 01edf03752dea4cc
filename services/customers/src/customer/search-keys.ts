import { initials } from './pinyin.ts'

const LONGEST_PREFIX = 12
const MOST_KEYS = 200

const piecesOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
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
  ...prefixes(initials(piece)).slice(1),
]

/**
 * What a text is found by (decisions 40): each Chinese character and pair of them, the beginnings of their pinyin initials, and
 * each beginning of other words.
 */
export const searchKeys = (text: string): readonly string[] => {
  const keys = piecesOf(text).flatMap((piece) => (isChinese(piece) ? chineseKeys(piece) : prefixes(piece)))
  return [...new Set(keys)].slice(0, MOST_KEYS)
}

/** The keys that a text must have, all of them, to be found by a query. */
export const queryKeys = (query: string): readonly string[] => {
  const keys = piecesOf(query).flatMap((piece) => {
    if (!isChinese(piece)) return [lettersOf(piece).slice(0, LONGEST_PREFIX).join('')]
    return lettersOf(piece).length === 1 ? [piece] : bigrams(piece)
  })
  return [...new Set(keys)]
}
