import { type Doc, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import type { Test } from './paths.ts'

const ALIASES: ReadonlyMap<unknown, readonly number[]> = new Map(
  Object.entries({
    double: [1],
    string: [2],
    object: [3],
    array: [4],
    binData: [5],
    undefined: [6],
    objectId: [7],
    bool: [8],
    date: [9],
    null: [10],
    regex: [11],
    dbPointer: [12],
    javascript: [13],
    symbol: [14],
    javascriptWithScope: [15],
    int: [16],
    timestamp: [17],
    long: [18],
    decimal: [19],
    minKey: [-1],
    maxKey: [127],
    number: [1, 16, 18, 19],
  }),
)
const CODES: ReadonlySet<unknown> = new Set([...ALIASES.values()].flat())

/** The types whose numbers a decoded document does not tell apart. */
const NUMBERS: ReadonlySet<number> = new Set([1, 16, 18])

const BSON_TYPES: ReadonlyMap<string, number> = new Map([
  ['ObjectId', 7],
  ['Binary', 5],
  ['Code', 13],
  ['Timestamp', 17],
  ['Int32', 16],
  ['Double', 1],
  ['Long', 18],
  ['Decimal128', 19],
  ['BSONSymbol', 14],
  ['BSONRegExp', 11],
  ['DBRef', 3],
  ['MinKey', -1],
  ['MaxKey', 127],
])

/** A number that is computed has the type in which it would be stored. */
const typeOfNumber = (value: number): number =>
  Number.isInteger(value) && value === (value | 0) && !Object.is(value, -0) ? 16 : 1

const typeOfObject = (value: object): number => {
  if (Array.isArray(value)) return 4
  if (value instanceof Date) return 9
  if (value instanceof RegExp) return 11
  if (value instanceof Uint8Array) return 5
  return BSON_TYPES.get((value as { _bsontype?: string })._bsontype ?? '') ?? 3
}

/** The number of a value's BSON type; none for a field that is missing. */
const typeOf = (value: unknown): number | undefined => {
  if (value === undefined) return undefined
  if (value === null) return 10
  if (typeof value === 'string') return 2
  if (typeof value === 'boolean') return 8
  if (typeof value === 'number') return typeOfNumber(value)
  return typeof value === 'object' ? typeOfObject(value) : 18
}

/** The names of types that operators tell in their errors. */
export const typeName = (value: unknown): string =>
  [...ALIASES].find(([, codes]) => codes[0] === typeOf(value))?.[0]?.toString() ?? 'missing'

const codesOf = (operand: unknown): readonly number[] => {
  const aliased = ALIASES.get(operand)
  if (aliased) return aliased
  if (typeof operand === 'string') throw serverError(2, `Unknown type name alias: ${operand}`)
  if (CODES.has(operand)) return [operand as number]
  throw serverError(2, `Invalid numerical type code: ${String(operand)}`)
}

const wantedBy = (operand: unknown): ReadonlySet<number> => {
  const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
  if (operands.length === 0) throw serverError(9, '$type must match at least one type')
  return new Set(operands.flatMap(codesOf))
}

export const ofType = (operand: unknown): Test => {
  const wanted = wantedBy(operand)
  return (value) => {
    const type = typeOf(value)
    return type !== undefined && wanted.has(type)
  }
}

const tellsNumbersApart = (operand: unknown): boolean => {
  const wanted = [...wantedBy(operand)].filter((code) => NUMBERS.has(code))
  return wanted.length > 0 && wanted.length < NUMBERS.size
}

/** Whether a filter must see documents whose numbers kept their types. */
export const needsNumberTypes = (filter: unknown): boolean => {
  if (Array.isArray(filter)) return filter.some(needsNumberTypes)
  return (
    isPlainObject(filter) &&
    Object.entries(filter as Doc).some(([name, operand]) =>
      name === '$type' ? tellsNumbersApart(operand) : needsNumberTypes(operand),
    )
  )
}
