import { newId } from '@saleswright/kernel'
import { type Dice, matches, matching } from './dice.ts'
import type { Known } from './known.ts'

/** JSON Schema as far as the document uses it. */
export type Schema = {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly const?: string
  readonly enum?: readonly string[]
  readonly type?: 'null' | 'object' | 'array' | 'boolean' | 'integer' | 'string'
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema | boolean
}

type Source = {
  readonly dice: Dice
  readonly known: Known
  readonly resolve: (ref: string) => Schema
  readonly seed: number
}

/** Draws values that a schema allows; the name of the field says which of the known ones would fit. */
export type Draw = (schema: Schema, name: string) => unknown

export const drawer = (source: Source): Draw => {
  const { dice, resolve } = source
  const draw: Draw = (schema, name) => {
    if (schema.$ref) return draw(resolve(schema.$ref), name)
    if (schema.anyOf) return draw(dice.oneOf(schema.anyOf), name)
    if (schema.const !== undefined) return schema.const
    switch (schema.type) {
      case 'null':
        return null
      case 'object':
        return objectOf(source, schema, draw)
      case 'array':
        return listOf(source, schema, () => draw(schema.items ?? {}, name))
      case 'boolean':
        return dice.often(50)
      case 'integer':
        return wholeOf(source, schema)
      case 'string':
      case undefined:
        return textOf(source, schema, name)
    }
  }
  return draw
}

const OPTIONAL_PERCENT = 40
/** What mostly refuses the whole request, however good the rest of it is. */
const SELDOM_PERCENT = 8
const SELDOM = new Set(['etag', 'If-Match', 'pageToken', 'waitFor', 'businessDate', 'orderBy'])

/** How often an optional field is sent. */
export const percentOf = (name: string): number => (SELDOM.has(name) ? SELDOM_PERCENT : OPTIONAL_PERCENT)

const objectOf = ({ dice }: Source, schema: Schema, draw: Draw): object => {
  const { properties = {}, required = [], additionalProperties: more } = schema
  const own = Object.entries(properties).filter(([name]) => required.includes(name) || dice.often(percentOf(name)))
  const extra = typeof more === 'object' && dice.often(50) ? [['a', more] as const] : []
  return Object.fromEntries([...own, ...extra].map(([name, inner]) => [name, draw(inner, name)]))
}

const MOST_ITEMS = 4

const listOf = ({ dice }: Source, { minItems = 0, maxItems = 100, uniqueItems }: Schema, one: () => unknown) => {
  const most = dice.often(3) ? Math.min(maxItems, 60) : Math.min(maxItems, MOST_ITEMS)
  const length = Math.max(minItems, dice.below(most + 1))
  const items = Array.from({ length }, one)
  return uniqueItems ? [...new Map(items.map((item) => [JSON.stringify(item), item])).values()] : items
}

const INT32 = 2_147_483_647

const wholeOf = ({ dice }: Source, { minimum = -INT32 - 1, maximum = INT32 }: Schema): number => {
  if (dice.often(30)) return dice.oneOf([minimum, maximum])
  const span = Math.min(maximum - minimum, 50)
  return dice.often(50) && minimum <= 0 && maximum >= 1 ? 1 : minimum + dice.below(span + 1)
}

const KNOWN_PERCENT = 88
const FAR_PERCENT = 15

const textOf = (source: Source, schema: Schema, name: string): string => {
  const { dice, known } = source
  const fitting = known.of(name).filter((value) => fits(value, schema))
  if (fitting.length > 0 && dice.often(KNOWN_PERCENT)) return dice.oneOf(dice.often(50) ? fitting.slice(0, 4) : fitting)
  if (schema.enum) return dice.oneOf(schema.enum)
  if (schema.format === 'uuid') return dice.often(50) ? newId() : newId().toUpperCase()
  if (schema.format === 'date') return dateOf(dice)
  if (schema.format === 'email') return dice.oneOf(['a@example.com', `${'x'.repeat(60)}@example.org`])
  if (schema.format === 'int64') return dice.oneOf(['0', '1', '-1', '9223372036854775807', '-9223372036854775808'])
  if (schema.pattern !== undefined) return patterned(source, schema)
  return wordsOf(dice, schema)
}

/** What was answered under the name of a field need not be what a request may have there. */
const fits = (value: string, { enum: words, pattern, minLength = 0, maxLength = Infinity }: Schema): boolean => {
  if (words && !words.includes(value)) return false
  const { length } = Array.from(value)
  return length >= minLength && length <= maxLength && (pattern === undefined || matches(value, pattern))
}

const DAY = 86_400_000
const NEAR = Date.parse('2026-03-10T00:00:00Z')
const EDGES = ['1900-01-01', '1970-01-01', '2024-02-29', '2026-12-31', '2027-01-01', '2199-12-31']

const dateOf = (dice: Dice): string =>
  dice.often(FAR_PERCENT) ? dice.oneOf(EDGES) : new Date(NEAR + (dice.below(120) - 70) * DAY).toISOString().slice(0, 10)

const patterned = ({ dice, seed }: Source, { pattern = '', minLength = 0, maxLength = Infinity }: Schema): string => {
  const texts = matching(pattern, seed).filter(({ length }) => length >= minLength && length <= maxLength)
  return texts.length > 0 ? dice.oneOf(texts) : dice.oneOf(matching(pattern, seed))
}

/** Letters as people write them, and what JSON and the document let through beside them. */
const LETTERS: readonly string[] = [
  'abcXYZ019 ._-/:|,;%$&#*(){}[]"\'\\<>=+@~^?!',
  '阀门有限公司订单',
  'éßøİıǅﬁΩжשع𠮷🙂',
  '\u0301\u200b\u202e\ufeff\u0000\n\t\u2028',
].flatMap((some) => Array.from(some))
const PLAIN = Array.from('abcdefg0123456789')
const WHOLE = [
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '__proto__',
  'constructor',
  '$where',
  '../../etc/passwd',
  '<script>',
  "' OR 1=1",
]
const LONG = 300

const wordsOf = (dice: Dice, { minLength = 0, maxLength = LONG }: Schema): string => {
  const word = dice.oneOf(WHOLE)
  if (dice.often(5) && word.length >= minLength && word.length <= maxLength) return word
  const letters = dice.often(60) ? PLAIN : LETTERS
  const most = Math.min(maxLength, LONG * 10)
  const length = dice.often(8) ? most : Math.max(minLength, dice.below(Math.min(most, 24) + 1))
  const made = Array.from({ length }, () => dice.oneOf(letters))
  return made.join('')
}
