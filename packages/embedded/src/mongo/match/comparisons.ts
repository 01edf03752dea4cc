import { orderedValue } from '../bson/ordered-key.ts'
import type { Test } from './paths.ts'

/** Whether a comparison holds for what is below (-1), equal (0) or above (1). */
type Holds = (sign: number) => boolean

const COMPARISONS = {
  $eq: (sign) => sign === 0,
  $gt: (sign) => sign > 0,
  $gte: (sign) => sign >= 0,
  $lt: (sign) => sign < 0,
  $lte: (sign) => sign <= 0,
} as const satisfies Record<string, Holds>

export type Comparison = keyof typeof COMPARISONS

const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null

/** NaN, encoded: it equals itself, and is neither above nor below any number. */
const NAN = orderedValue(Number.NaN)
/** The least and the greatest of all values compare with every type. */
const ENDS = [0x05, 0xf0]

/** Values of one type compare; what is of another type is not met. */
const byKey = (operand: unknown, holds: Holds): Test => {
  const bound = orderedValue(operand)
  const isEnd = ENDS.includes(bound[0] ?? 0)
  const isNotNumber = bound.equals(NAN)
  return (value) => {
    const key = orderedValue(value)
    if (key[0] !== bound[0]) return isEnd && (holds(1) || holds(-1))
    return key.equals(NAN) === isNotNumber && holds(Buffer.compare(key, bound))
  }
}

const signOf = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

const withNumber = (operand: number, holds: Holds): Test => {
  const other = byKey(operand, holds)
  if (Number.isNaN(operand)) return other
  return (value) =>
    typeof value === 'number'
      ? !Number.isNaN(value) && holds(signOf(value, operand))
      : typeof value === 'object' && value !== null && other(value)
}

/** By bytes: as UTF-16, some characters would have another order. */
const withText = (operand: string, holds: Holds): Test => {
  const bytes = Buffer.from(operand)
  if (!holds(1) && !holds(-1)) return (value) => value === operand
  return (value) => typeof value === 'string' && holds(Buffer.compare(Buffer.from(value), bytes))
}

/** A comparison with values of the operand's type, as MongoDB's filters make it. */
export const comparing = (comparison: Comparison, operand: unknown): Test => {
  const holds = COMPARISONS[comparison]
  if (isMissing(operand)) return (value) => isMissing(value) && holds(0)
  if (typeof operand === 'number') return withNumber(operand, holds)
  if (typeof operand === 'string') return withText(operand, holds)
  return byKey(operand, holds)
}

const nameOf = (value: unknown): string => orderedValue(value).toString('latin1')

const isSimple = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value))

/** Whether a value equals one of many. */
export const amongst = (operands: readonly unknown[]): Test => {
  const simple = new Set(operands)
  const areSimple = operands.every((operand) => isSimple(operand) || isMissing(operand))
  const hasMissing = operands.some(isMissing)
  let named: ReadonlySet<string> | undefined
  const isNamed = (value: unknown): boolean => {
    // Only when a value is not simple: a list may be long.
    named ??= new Set(operands.map(nameOf))
    return named.has(nameOf(value))
  }
  return (value) => {
    if (isMissing(value)) return hasMissing
    if (isSimple(value) && (areSimple || simple.has(value))) return simple.has(value)
    return typeof value !== 'string' && isNamed(value)
  }
}
