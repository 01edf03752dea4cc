import { Timestamp } from 'bson'
import { type Doc, isPlainObject } from '../bson/document.ts'
import { orderedValue } from '../bson/ordered-key.ts'
import { serverError } from '../errors.ts'
import { typeName } from '../match/types.ts'
import { addToSet, pop, pull, pullAll, push } from './arrays.ts'
import { type Reach, readTarget, removeTarget, type Target, writeTarget } from './targets.ts'

type Apply = (target: Target, operand: unknown) => void

export type Operator = { readonly reach: Reach; readonly apply: Apply }

const numberAt = (target: Target, operator: string): number | undefined => {
  const value = readTarget(target)
  if (value === undefined || typeof value === 'number') return value
  const text = `Cannot apply ${operator} to a value of non-numeric type, or one that is not supported here: the field`
  throw serverError(14, `${text} '${target.path}' is of type ${typeName(value)}`)
}

const arithmetic =
  (operator: string, initial: (amount: number) => number, reckon: (value: number, amount: number) => number): Apply =>
  (target, operand) => {
    const amount = Number(operand)
    const value = numberAt(target, operator)
    writeTarget(target, value === undefined ? initial(amount) : reckon(value, amount))
  }

/** Sets where nothing is, or where the value comes before, or behind, what is there. */
const extreme =
  (sign: 1 | -1): Apply =>
  (target, operand) => {
    const value = readTarget(target)
    if (value === undefined || Buffer.compare(orderedValue(operand), orderedValue(value)) * sign > 0)
      writeTarget(target, operand)
  }

const BIT_OPERATIONS: ReadonlyMap<string, (a: number, b: number) => number> = new Map([
  ['and', (a: number, b: number) => a & b],
  ['or', (a: number, b: number) => a | b],
  ['xor', (a: number, b: number) => a ^ b],
])

const isInt32 = (value: unknown): value is number => typeof value === 'number' && value === (value | 0)

const bit: Apply = (target, operand) => {
  const operations = isPlainObject(operand) ? Object.entries(operand) : []
  if (operations.length === 0) throw serverError(2, '$bit needs operations like { field: { and: 5 } }')
  let value = readTarget(target) ?? 0
  for (const [name, amount] of operations) {
    const operation = BIT_OPERATIONS.get(name)
    if (!operation) throw serverError(2, `$bit knows 'and', 'or' and 'xor', not '${name}'`)
    if (!isInt32(amount) || !isInt32(value))
      throw serverError(2, `$bit of '${target.path}' needs integers of 32 bits; others are not supported here`)
    value = operation(value, amount)
  }
  writeTarget(target, value)
}

const currentDate: Apply = (target, operand) => {
  const type = isPlainObject(operand) ? (operand as Doc).$type : undefined
  if (type === 'timestamp') writeTarget(target, new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }))
  else if (type === 'date' || typeof operand === 'boolean') writeTarget(target, new Date())
  else throw serverError(2, `$currentDate takes true or { $type: 'date' | 'timestamp' } for '${target.path}'`)
}

export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['$set', { reach: 'creates', apply: writeTarget }],
  ['$unset', { reach: 'forgives', apply: removeTarget }],
  [
    '$inc',
    {
      reach: 'creates',
      apply: arithmetic(
        '$inc',
        (amount) => amount,
        (value, amount) => value + amount,
      ),
    },
  ],
  [
    '$mul',
    {
      reach: 'creates',
      apply: arithmetic(
        '$mul',
        () => 0,
        (value, amount) => value * amount,
      ),
    },
  ],
  ['$min', { reach: 'creates', apply: extreme(-1) }],
  ['$max', { reach: 'creates', apply: extreme(1) }],
  ['$bit', { reach: 'creates', apply: bit }],
  ['$currentDate', { reach: 'creates', apply: currentDate }],
  ['$push', { reach: 'creates', apply: push }],
  ['$addToSet', { reach: 'creates', apply: addToSet }],
  ['$pull', { reach: 'needs', apply: pull }],
  ['$pullAll', { reach: 'needs', apply: pullAll }],
  ['$pop', { reach: 'needs', apply: pop }],
])
