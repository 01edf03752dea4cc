import { type Doc, isOperatorObject, isPlainObject } from '../bson/document.ts'
import { orderedKey, orderedValue } from '../bson/ordered-key.ts'
import { serverError } from '../errors.ts'
import { comparing } from '../match/comparisons.ts'
import { compileFilter } from '../match/filter.ts'
import type { Test } from '../match/paths.ts'
import { typeName } from '../match/types.ts'
import { readTarget, type Target, writeTarget } from './targets.ts'

/** The array that is there; none where the field is missing. */
const arrayAt = (target: Target, operator: string): readonly unknown[] | undefined => {
  const value = readTarget(target)
  if (value === undefined || Array.isArray(value)) return value
  const text = `The field '${target.path}' must be an array but is of type ${typeName(value)}: ${operator}`
  throw serverError(2, text)
}

/** Elements by their own order, or documents by fields of theirs. */
const sortedBy = (items: readonly unknown[], order: unknown): unknown[] => {
  const fields = isPlainObject(order) ? Object.entries(order) : [['', order] as const]
  if (fields.length === 0 || fields.some(([, sign]) => sign !== 1 && sign !== -1))
    throw serverError(2, 'The $sort element value must be either 1 or -1')
  const descending = fields.map(([, sign]) => sign === -1)
  const valueIn = (item: unknown, path: string): unknown =>
    path === ''
      ? item
      : path.split('.').reduce<unknown>((here, name) => (isPlainObject(here) ? here[name] : undefined), item)
  const keyed = items.map((item) => ({
    item,
    key: orderedKey(
      fields.map(([path]) => valueIn(item, path) ?? (path === '' ? item : null)),
      descending,
    ),
  }))
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item)
}

const PUSH_CLAUSES = new Set(['$each', '$position', '$slice', '$sort'])

const wholeClause = (clauses: Doc, name: string): number | undefined => {
  const value = clauses[name]
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value)) return value
  throw serverError(2, `The value for ${name} must be an integer value but was given type: ${typeName(value)}`)
}

/** The elements to add, and what else is asked; the operand itself is the only element when it asks nothing. */
const clausesOf = (
  operator: string,
  operand: unknown,
  known: ReadonlySet<string>,
): { each: unknown[]; clauses: Doc } => {
  if (!isOperatorObject(operand)) return { each: [operand], clauses: {} }
  const unknown = Object.keys(operand).find((name) => !known.has(name))
  if (unknown !== undefined) throw serverError(2, `Unrecognized clause in ${operator}: ${unknown}`)
  if (!Array.isArray(operand.$each))
    throw serverError(
      2,
      `The argument to $each in ${operator} must be an array but it was of type ${typeName(operand.$each)}`,
    )
  return { each: operand.$each, clauses: operand }
}

export const push = (target: Target, operand: unknown): void => {
  const { each, clauses } = clausesOf('$push', operand, PUSH_CLAUSES)
  const [position = Infinity, slice] = [wholeClause(clauses, '$position'), wholeClause(clauses, '$slice')]
  const items = [...(arrayAt(target, '$push') ?? [])]
  items.splice(position, 0, ...each)
  const ordered = clauses.$sort === undefined ? items : sortedBy(items, clauses.$sort)
  if (slice === undefined) writeTarget(target, ordered)
  else writeTarget(target, slice < 0 ? ordered.slice(slice) : ordered.slice(0, slice))
}

const EACH = new Set(['$each'])

export const addToSet = (target: Target, operand: unknown): void => {
  const { each } = clausesOf('$addToSet', operand, EACH)
  const items = [...(arrayAt(target, '$addToSet') ?? [])]
  const names = new Set(items.map((item) => orderedValue(item).toString('latin1')))
  for (const value of each) {
    const name = orderedValue(value).toString('latin1')
    if (!names.has(name)) items.push(value)
    names.add(name)
  }
  writeTarget(target, items)
}

const keep = (target: Target, operator: string, isOut: Test): void => {
  const items = arrayAt(target, operator)
  if (items)
    writeTarget(
      target,
      items.filter((item) => !isOut(item)),
    )
}

/** Operators ask an element as a field's value, a document asks elements that are documents, and a value is equal as a whole. */
const pulls = (operand: unknown): Test => {
  if (isOperatorObject(operand) || operand instanceof RegExp) {
    const test = compileFilter({ element: operand })
    return (element) => test({ element })
  }
  if (!isPlainObject(operand)) return comparing('$eq', operand)
  const test = compileFilter(operand)
  return (element) => isPlainObject(element) && test(element)
}

export const pull = (target: Target, operand: unknown): void => keep(target, '$pull', pulls(operand))

export const pullAll = (target: Target, operand: unknown): void => {
  if (!Array.isArray(operand))
    throw serverError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`)
  const out = operand.map((value) => comparing('$eq', value))
  keep(target, '$pullAll', (item) => out.some((test) => test(item)))
}

export const pop = (target: Target, operand: unknown): void => {
  if (operand !== 1 && operand !== -1) throw serverError(9, `$pop expects 1 or -1, found: ${String(operand)}`)
  const value = readTarget(target)
  if (value === undefined) return
  if (!Array.isArray(value))
    throw serverError(14, `Path '${target.path}' contains an element of non-array type '${typeName(value)}'`)
  writeTarget(target, operand === 1 ? value.slice(0, -1) : value.slice(1))
}
