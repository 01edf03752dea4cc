import { type Doc, isOperatorObject, isPlainObject } from '../bson/document.ts'

/** Undefined when it is not for us to say. */
type Verdict = boolean | undefined
type Test = (value: unknown) => Verdict

type Scalar = number | string | boolean | Date

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && !Number.isNaN(value)) ||
  (value instanceof Date && !Number.isNaN(value.getTime()))

const asPrimitive = (value: Scalar): number | string | boolean => (value instanceof Date ? value.getTime() : value)

/** Long, Decimal128 and their like compare with numbers in their own way, as NaN does, and an array by its elements. */
const isForMingo = (value: unknown): boolean =>
  typeof value === 'number' || value instanceof Date
    ? !isScalar(value)
    : typeof value === 'object' && value !== null && !isPlainObject(value)

/** A comparison with values of the operand's type; what is of another type does not pass. */
const comparing =
  (operand: Scalar, holds: (value: number | string | boolean, operand: number | string | boolean) => boolean): Test =>
  (value) => {
    if (isForMingo(value)) return undefined
    const isSameType = typeof value === typeof operand && value instanceof Date === operand instanceof Date
    return isSameType && isScalar(value) && holds(asPrimitive(value), asPrimitive(operand))
  }

const equals = (operand: unknown): Test | undefined =>
  isScalar(operand) ? comparing(operand, (value, other) => value === other) : undefined

/** Text is left out: BSON orders it by bytes. */
const ordered =
  (holds: (value: number | string | boolean, operand: number | string | boolean) => boolean) =>
  (operand: unknown): Test | undefined =>
    typeof operand === 'number' || operand instanceof Date
      ? isScalar(operand)
        ? comparing(operand, holds)
        : undefined
      : undefined

const oneOf = (operands: unknown): Test | undefined => {
  const tests = Array.isArray(operands) ? operands.map(equals) : [undefined]
  const known = tests.filter((test) => test !== undefined)
  if (known.length < tests.length) return undefined
  return (value) => (isForMingo(value) ? undefined : known.some((test) => test(value) === true))
}

const not = (test: Test | undefined): Test | undefined =>
  test &&
  ((value) => {
    const verdict = test(value)
    return verdict === undefined ? undefined : !verdict
  })

const OPERATORS: Readonly<Record<string, (operand: unknown) => Test | undefined>> = {
  $eq: equals,
  $ne: (operand) => not(equals(operand)),
  $gt: ordered((value, operand) => value > operand),
  $gte: ordered((value, operand) => value >= operand),
  $lt: ordered((value, operand) => value < operand),
  $lte: ordered((value, operand) => value <= operand),
  $in: oneOf,
}

type Condition = { readonly path: readonly string[]; readonly test: Test }

const conditionsOf = ([field, condition]: [string, unknown]): (Condition | undefined)[] => {
  if (field.startsWith('$')) return [undefined]
  const path = field.split('.')
  const tests = isOperatorObject(condition)
    ? Object.entries(condition).map(([operator, operand]) =>
        Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]?.(operand) : undefined,
      )
    : [equals(condition)]
  return tests.map((test) => test && { path, test })
}

/** What stands at the end of a path, as far as only documents stand on it; an array is given as it is. */
const valueAt = (doc: Doc, path: readonly string[]): unknown => {
  let here: unknown = doc
  for (const name of path) {
    if (Array.isArray(here)) return here
    if (!isPlainObject(here)) return undefined
    here = Object.hasOwn(here, name) ? here[name] : undefined
  }
  return here
}

/**
 * Decides what most filters ask: whether fields are equal to, among, above or below numbers, texts and times. Nothing for a filter that asks
 * more; undefined for a document where it is not that simple. mingo decides those; it is set up anew for each filter.
 */
export const plainFilter = (filter: Doc): ((doc: Doc) => Verdict) | undefined => {
  const conditions = Object.entries(filter).flatMap(conditionsOf)
  const known = conditions.filter((condition) => condition !== undefined)
  if (known.length < conditions.length) return undefined
  return (doc) => {
    for (const { path, test } of known) {
      const verdict = test(valueAt(doc, path))
      if (verdict !== true) return verdict
    }
    return true
  }
}
