import { Long } from 'mongodb'
import type { generator } from '../seeded.ts'

type Pick = ReturnType<typeof generator>
export type Doc = Record<string, unknown>

const one = <T>(pick: Pick, choices: readonly T[]): T => choices[pick(choices.length)]!

const scalar = (pick: Pick): unknown =>
  one<() => unknown>(pick, [
    () => null,
    () => pick(6),
    () => pick(6) + 0.5,
    () => -pick(3),
    () => `s${pick(6)}`,
    () => pick(2) === 1,
    () => new Date(pick(5)),
    () => Number.NaN,
    () => Long.fromString('1152921504606846976'),
    () => /^s1/,
    () => ({ e: pick(4) }),
  ])()

const list = (pick: Pick): unknown[] => Array.from({ length: pick(4) }, () => (pick(8) ? scalar(pick) : [scalar(pick)]))

/** What a dotted path meets: documents, arrays of them, positions, and what leads nowhere. */
const branch = (pick: Pick): unknown =>
  one<() => unknown>(pick, [
    () => ({ e: scalar(pick) }),
    () => ({ e: list(pick) }),
    () => [{ e: scalar(pick) }, { e: scalar(pick) }],
    () => [scalar(pick), { e: scalar(pick) }, {}],
    () => ({ 0: scalar(pick) }),
    () => [[scalar(pick)], scalar(pick)],
    () => [{ 0: scalar(pick) }],
    () => list(pick),
    () => scalar(pick),
  ])()

/** An index has room for one array of a document, so of `a`, `b` and `c` only one is an array. */
export const documentOf = (pick: Pick, _id: number): Doc => {
  const doc: Doc = { _id }
  const listed = one(pick, ['a', 'b', 'c', ''])
  for (const field of ['a', 'b', 'c']) if (pick(8) > 0) doc[field] = field === listed ? list(pick) : scalar(pick)
  if (pick(6) > 0) doc.d = branch(pick)
  return doc
}

/** Patterns are for where they may stand. */
const operand = (pick: Pick): unknown => {
  const value = scalar(pick)
  return value instanceof RegExp ? 's1' : value
}

const condition = (pick: Pick): unknown => {
  const low = pick(4)
  return one<() => unknown>(pick, [
    () => operand(pick),
    () => null,
    () => ({ $eq: operand(pick) }),
    () => ({ $in: [operand(pick), operand(pick), null].slice(pick(2)) }),
    () => ({ $in: [[], list(pick), /^s[12]/] }),
    () => ({ $nin: [operand(pick), null] }),
    () => ({ $gt: low, $lte: low + pick(4) }),
    () => ({ $gt: operand(pick), $lt: operand(pick) }),
    () => ({ $gte: operand(pick) }),
    () => ({ $lte: operand(pick) }),
    () => ({ $gte: `s${pick(5)}` }),
    () => ({ $lt: pick(5) }),
    () => ({ $ne: operand(pick) }),
    () => ({ $exists: pick(2) === 1 }),
    () => ({ $exists: true, $gt: low }),
    () => /^s[12]/,
    () => /^s1/,
    () => ({ $not: { $gt: low } }),
    () => ({ $type: one(pick, ['number', 'string', 'null', 'array', 'object', 'bool']) }),
    () => ({ $size: pick(4) }),
    () => ({ $all: [operand(pick), operand(pick)].slice(pick(2)) }),
    () => ({ $elemMatch: { $gte: low } }),
    () => ({ $elemMatch: { e: operand(pick) } }),
    () => ({ $mod: [3, pick(3)] }),
    () => list(pick),
  ])()
}

const PATHS = ['a', 'b', 'c', 'a', 'b', 'c', 'd', 'd.e', 'd.0', 'd.0.e', '_id']

export const filterOf = (pick: Pick, depth = 0): Doc => {
  const plain = (): Doc => ({ [one(pick, PATHS)]: condition(pick) })
  const branches = (): Doc[] => [filterOf(pick, depth + 1), filterOf(pick, depth + 1)]
  return one<() => Doc>(pick, [
    plain,
    plain,
    plain,
    plain,
    () => ({ a: condition(pick), b: condition(pick) }),
    () => ({ a: operand(pick), b: { $lt: pick(6) } }),
    ...(depth > 1 ? [] : [() => ({ $or: branches() }), () => ({ $and: branches() }), () => ({ $nor: branches() })]),
  ])()
}

export const sortOf = (pick: Pick): Record<string, 1 | -1> => ({
  [one(pick, ['a', 'b', 'c', 'd.e'])]: one(pick, [1, -1] as const),
  _id: one(pick, [1, -1] as const),
})
