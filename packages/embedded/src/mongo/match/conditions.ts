import { type Doc, isOperatorObject, isPlainObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { BIT_TESTS } from './bits.ts'
import { amongst, type Comparison, comparing } from './comparisons.ts'
import { wholePart } from './numbers.ts'
import { atPath, type Hit, type Leaf, type Path, type Test } from './paths.ts'
import { matching, patternFrom } from './patterns.ts'
import { ofType } from './types.ts'

/** What a filter asks of one path: of all it reaches in a document, or of one value alone. */
export type Condition = {
  readonly at: (path: Path) => Test
  readonly on: Test
}

/** How the documents in an array are asked, which is a filter's own business. */
export type Compile = (filter: Doc) => Test

const leaf = (holds: Test, arrays: Leaf['arrays'] = 'each'): Condition => ({
  at: (path) => atPath(path, { holds, arrays }),
  on: holds,
})

const never: Condition = leaf(() => false)

const every =
  (tests: readonly Test[]): Test =>
  (value, hit) =>
    tests.every((test) => test(value, hit))

const both = (conditions: readonly Condition[]): Condition => ({
  at: (path) => every(conditions.map((condition) => condition.at(path))),
  on: every(conditions.map((condition) => condition.on)),
})

const negated =
  (test: Test): Test =>
  (value) =>
    !test(value)

const not = (condition: Condition): Condition => ({
  at: (path) => negated(condition.at(path)),
  on: negated(condition.on),
})

const isPattern = (value: unknown): value is RegExp => value instanceof RegExp

const comparison =
  (operator: Comparison) =>
  (operand: unknown): Condition => {
    if (operand === undefined) throw serverError(2, 'cannot compare to undefined')
    if (operator !== '$eq' && isPattern(operand)) throw serverError(2, `Can't have RegEx as arg to ${operator}`)
    return leaf(comparing(operator, operand))
  }

const listed = (operator: string, operand: unknown): readonly unknown[] => {
  if (!Array.isArray(operand)) throw serverError(2, `${operator} needs an array`)
  return operand
}

const isIn = (operand: unknown): Condition => {
  const values = listed('$in', operand)
  if (values.some(isOperatorObject)) throw serverError(2, 'cannot nest $ under $in')
  const equal = amongst(values.filter((value) => !isPattern(value)))
  const patterns = values.filter(isPattern).map((pattern) => matching(patternFrom(pattern)))
  return leaf((value) => equal(value) || patterns.some((test) => test(value)))
}

const isNotEqual = (operand: unknown): Condition => {
  if (isPattern(operand)) throw serverError(2, "Can't have regex as arg to $ne.")
  return not(comparison('$eq')(operand))
}

const negation = (operand: unknown, compile: Compile): Condition => {
  if (isPattern(operand)) return not(leaf(matching(patternFrom(operand))))
  if (!isPlainObject(operand)) throw serverError(2, '$not needs a regex or a document')
  if (!isOperatorObject(operand)) throw serverError(2, '$not needs operators')
  return not(conditionOf(operand, compile))
}

/** A list that is empty is met by nothing, and null in it by what is missing. */
const isAll = (operand: unknown, compile: Compile): Condition => {
  const values = listed('$all', operand)
  if (values.length === 0) return never
  const inElements = values.filter((value) => isOperatorObject(value) && '$elemMatch' in value).length
  if (inElements > 0 && inElements < values.length) throw serverError(2, 'no $ expressions in $all')
  if (inElements === 0 && values.some(isOperatorObject)) throw serverError(2, 'no $ expressions in $all')
  return both(values.map((value) => conditionOf(value, compile)))
}

const LOGICAL: ReadonlySet<string> = new Set(['$and', '$or', '$nor', '$expr', '$comment'])

/** An array is a document, too, whose fields are its positions. */
const asDocument = (value: unknown): Doc | undefined => {
  if (Array.isArray(value)) return Object.fromEntries(value.entries())
  return isPlainObject(value) ? value : undefined
}

const elementTest = (criteria: Doc, compile: Compile): Test => {
  const [first] = Object.keys(criteria)
  if (first?.startsWith('$') && !LOGICAL.has(first)) return conditionOf(criteria, compile).on
  const test = compile(criteria)
  return (element) => {
    const doc = asDocument(element)
    return doc !== undefined && test(doc)
  }
}

const elementMatch = (operand: unknown, compile: Compile): Condition => {
  if (!isPlainObject(operand)) throw serverError(2, '$elemMatch needs an Object')
  const test = elementTest(operand, compile)
  return leaf((value, hit?: Hit) => {
    const index = Array.isArray(value) ? value.findIndex((element) => test(element)) : -1
    if (index >= 0 && hit) hit.index = index
    return index >= 0
  }, 'whole')
}

const size = (operand: unknown): Condition => {
  if (typeof operand !== 'number' || !Number.isInteger(operand))
    throw serverError(9, 'Failed to parse $size. Expected an integer')
  if (operand < 0) throw serverError(9, 'Failed to parse $size. Expected a non-negative number')
  return leaf((value) => Array.isArray(value) && value.length === operand, 'whole')
}

const exists = (operand: unknown): Condition => {
  const there = leaf((value) => value !== undefined, 'whole')
  return operand === false || operand === 0 || operand === null || operand === undefined ? not(there) : there
}

const modulo = (operand: unknown): Condition => {
  const [divisor, remainder, ...more] = listed('$mod', operand)
  if (!Number.isFinite(divisor) || !Number.isFinite(remainder) || more.length > 0)
    throw serverError(2, 'malformed mod: it needs two numbers, divisor and remainder')
  if (Math.trunc(divisor as number) === 0) throw serverError(2, 'divisor cannot be 0')
  const [by, rest] = [BigInt(Math.trunc(divisor as number)), BigInt(Math.trunc(remainder as number))]
  return leaf((value) => {
    const whole = wholePart(value)
    return whole !== undefined && whole % by === rest
  })
}

const OPERATORS: ReadonlyMap<string, (operand: unknown, compile: Compile) => Condition> = new Map([
  ['$eq', comparison('$eq')],
  ['$gt', comparison('$gt')],
  ['$gte', comparison('$gte')],
  ['$lt', comparison('$lt')],
  ['$lte', comparison('$lte')],
  ['$ne', isNotEqual],
  ['$in', isIn],
  ['$nin', (operand: unknown) => not(isIn(operand))],
  ['$not', negation],
  ['$all', isAll],
  ['$elemMatch', elementMatch],
  ['$size', size],
  ['$exists', exists],
  ['$type', (operand: unknown) => leaf(ofType(operand))],
  ['$mod', modulo],
  ...[...BIT_TESTS].map(([name, read]) => [name, (operand: unknown) => leaf(read(operand))] as const),
])

export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys(), '$regex']

const operatorCondition = (operator: string, operators: Doc, compile: Compile): Condition | undefined => {
  const operand = operators[operator]
  if (operator === '$regex') return leaf(matching(patternFrom(operand, operators.$options)))
  if (operator === '$options') {
    if ('$regex' in operators) return undefined
    throw serverError(2, '$options needs a $regex')
  }
  const read = OPERATORS.get(operator)
  if (!read) throw serverError(2, `unknown operator: ${operator}`)
  return read(operand, compile)
}

/** What stands beside a path in a filter: operators, a pattern, or a value to equal. */
export const conditionOf = (operand: unknown, compile: Compile): Condition => {
  if (isPattern(operand)) return leaf(matching(patternFrom(operand)))
  if (!isOperatorObject(operand)) return comparison('$eq')(operand)
  const conditions = Object.keys(operand).map((operator) => operatorCondition(operator, operand, compile))
  return both(conditions.filter((condition) => condition !== undefined))
}
