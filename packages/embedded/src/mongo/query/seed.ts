import { type Doc, isOperatorObject } from '../bson/document.ts'
import { serverError } from '../errors.ts'
import { targetsIn, writeTarget } from '../update/targets.ts'

type Equality = readonly [path: string, value: unknown]

const soleOf = (values: unknown): readonly unknown[] => (Array.isArray(values) && values.length === 1 ? values : [])

const equalitiesAt = (path: string, condition: unknown): Equality[] => {
  if (condition instanceof RegExp) return []
  if (!isOperatorObject(condition)) return [[path, condition]]
  return Object.entries(condition).flatMap(([operator, operand]): Equality[] => {
    if (operator === '$eq') return [[path, operand]]
    if (operator === '$in') return soleOf(operand).flatMap((value) => equalitiesAt(path, value))
    return operator === '$all' && Array.isArray(operand) ? operand.flatMap((value) => equalitiesAt(path, value)) : []
  })
}

const equalitiesOf = (filter: Doc): Equality[] =>
  Object.entries(filter).flatMap(([path, condition]) => {
    if (path === '$and' && Array.isArray(condition)) return condition.flatMap((part) => equalitiesOf(part as Doc))
    if (path === '$or') return soleOf(condition).flatMap((part) => equalitiesOf(part as Doc))
    return path.startsWith('$') ? [] : equalitiesAt(path, condition)
  })

const isWithin = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`)

const NONE = () => () => false

/** What a filter says of the document that an upsert makes: the values that its fields, or its `_id` alone, have to equal. */
export const seedFrom = (filter: Doc, onlyId: boolean): Doc => {
  const seed: Doc = {}
  const met: string[] = []
  for (const [path, value] of equalitiesOf(filter)) {
    if (onlyId && path !== '_id') continue
    const other = met.find((one) => isWithin(one, path) || isWithin(path, one))
    if (other !== undefined) throw serverError(54, `cannot infer query fields to set, path '${path}' is matched twice`)
    met.push(path)
    const [target] = targetsIn(seed, { parts: path.split('.'), reach: 'creates', choose: NONE })
    if (target) writeTarget(target, value)
  }
  return seed
}
