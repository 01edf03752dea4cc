import { Decimal128, Long, ObjectId } from 'bson'
import { Query } from 'mingo'
import { describe, expect, it } from 'vitest'
import type { Doc } from '../../src/mongo/bson/document.ts'
import { plainFilter } from '../../src/mongo/query/plain-filter.ts'

const VALUES: readonly unknown[] = [
  undefined,
  null,
  0,
  -0,
  1,
  2.5,
  -7,
  NaN,
  Infinity,
  '',
  'a',
  'b',
  '1',
  true,
  false,
  new Date(0),
  new Date(1),
  {},
  { b: 1 },
  { b: 'a' },
  { b: [1] },
  [],
  [1],
  ['a', 'b'],
  [{ b: 1 }],
  [[1]],
  new ObjectId(),
  /a/,
]

const DOCS: readonly Doc[] = VALUES.flatMap((a) => [a === undefined ? {} : { a }, { a, b: 1 }, { a: { b: a } }])

const OPERANDS: readonly unknown[] = [0, 1, -7, 2.5, Infinity, '', 'a', '1', true, false, new Date(0)]

const FILTERS: readonly Doc[] = [
  ...OPERANDS.flatMap((x): Doc[] => [{ a: x }, { 'a.b': x }, { a: { $eq: x } }, { a: { $ne: x } }, { a: x, b: 1 }]),
  ...OPERANDS.filter((x) => typeof x === 'number' || x instanceof Date).flatMap((x) =>
    ['$gt', '$gte', '$lt', '$lte'].flatMap((operator): Doc[] => [
      { a: { [operator]: x } },
      { 'a.b': { [operator]: x } },
    ]),
  ),
  { a: { $in: [1, 'a', true] } },
  { a: { $in: [] } },
  { 'a.b': { $in: [new Date(0), 1] } },
  { a: { $gte: 0, $lt: 2 } },
  {},
]

describe('plain filters', () => {
  it.each(FILTERS.map((filter) => [filter]))('say what mingo says, or nothing: %j', (filter) => {
    const plain = plainFilter(filter)
    const query = new Query(filter)
    let decided = 0
    for (const doc of DOCS) {
      const verdict = plain?.(doc)
      if (verdict === undefined) continue
      decided++
      expect({ doc, verdict }).toEqual({ doc, verdict: query.test(doc) })
    }
    expect(decided).toBeGreaterThan(DOCS.length / 3)
  })

  it.each<Doc>([
    { $or: [{ a: 1 }] },
    { a: { $exists: true } },
    { a: null },
    { a: { b: 1 } },
    { a: [1] },
    { a: /x/ },
    { a: { $gt: 'text' } },
    { a: { $in: [1, null] } },
    { a: { $not: { $eq: 1 } } },
    { a: new ObjectId() },
    { a: Long.fromNumber(1) },
    { a: NaN },
    { $expr: { $eq: ['$a', 1] } },
  ])('leave to mingo what is more: %j', (filter) => {
    expect(plainFilter(filter)).toBe(undefined)
  })

  it('leave to it numbers of other kinds, and arrays', () => {
    const plain = plainFilter({ a: { $gte: 1 } })
    for (const a of [Long.fromNumber(5), Decimal128.fromString('5'), [5]]) expect(plain?.({ a })).toBe(undefined)
  })
})
