import { inspect } from 'node:util'
import type { Document } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { failure, withServer } from '../harness.ts'

const h = withServer()

const shown = (value: unknown): string => inspect(value, { depth: 9, breakLength: Infinity })

type Change = Document | Document[]
type Options = { readonly filter?: Document; readonly arrayFilters?: Document[] }
type Case = readonly [before: Document, change: Change, after: Document, options?: Options]

const titled = <T extends readonly unknown[]>(cases: readonly T[]) =>
  cases.map((one) => [one.slice(0, 3).map(shown).join(' → '), one] as const)

const updated = async (before: Document, change: Change, { filter = {}, arrayFilters }: Options): Promise<Document> => {
  const c = h.fresh()
  await c.insertOne({ _id: 1 as never, ...before })
  await c.updateOne(filter, change as never, arrayFilters ? { arrayFilters } : {})
  const { _id, ...after } = (await c.findOne()) ?? {}
  expect(_id).toBe(1)
  return after
}

const FIELDS: readonly Case[] = [
  [{}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  [{ a: [1] }, { $set: { 'a.0': 5 } }, { a: [5] }],
  [{ a: [1] }, { $set: { 'a.3': 5 } }, { a: [1, null, null, 5] }],
  [{ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2, 'a.1.b': 3 } }, { a: [{ b: 2 }, { b: 3 }] }],
  [{}, { $set: { 'a.0': 5 } }, { a: { 0: 5 } }],
  [{ a: [[1]] }, { $set: { 'a.0.0': 2 } }, { a: [[2]] }],
  [{ a: 1 }, { $set: {} }, { a: 1 }],
  [{ a: [1, 2, 3] }, { $unset: { 'a.1': '' } }, { a: [1, null, 3] }],
  [{ a: [{ b: 1, c: 2 }] }, { $unset: { 'a.0.b': '' } }, { a: [{ c: 2 }] }],
  [{ a: [1] }, { $unset: { 'a.5': '', 'a.b': '', 'b.c': '' } }, { a: [1] }],
  [{ a: 5 }, { $unset: { 'a.b': '' } }, { a: 5 }],
  [{}, { $inc: { 'a.b': 2 } }, { a: { b: 2 } }],
  [{ a: [1, 2] }, { $inc: { 'a.1': 5 } }, { a: [1, 7] }],
  [{ a: [1] }, { $inc: { 'a.2': 5 } }, { a: [1, null, 5] }],
  [{ a: 3 }, { $mul: { a: 2, b: 7 } }, { a: 6, b: 0 }],
  [
    { a: 3, b: 3 },
    { $min: { a: 2, b: 4, c: 1 }, $max: { d: 1 } },
    { a: 2, b: 3, c: 1, d: 1 },
  ],
  [{ a: 3, b: 'x', c: null }, { $max: { a: 'text', b: 5, c: 0 } }, { a: 'text', b: 'x', c: 0 }],
  [{ a: 3, b: [1] }, { $min: { a: null, b: new Date(0) } }, { a: null, b: [1] }],
  [{ a: 13 }, { $bit: { a: { and: 10 }, b: { or: 5 } } }, { a: 8, b: 5 }],
  [{ a: 1 }, { $bit: { a: { xor: 5, or: 8 } } }, { a: 12 }],
  [{ a: 1, b: { c: 2 } }, { $rename: { a: 'b.d', 'b.c': 'e' } }, { b: { d: 1 }, e: 2 }],
  [{ a: 1 }, { $rename: { none: 'b', 'a.x': 'c' } }, { a: 1 }],
  [{ a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
  [{ a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
  [{ a: 1 }, { $set: { _id: 1, a: 2 } }, { a: 2 }],
]

const ARRAYS: readonly Case[] = [
  [{}, { $push: { a: 1 } }, { a: [1] }],
  [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 9, 2] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
  [{ a: ['b', 3] }, { $push: { a: { $each: [null, [1], 1], $sort: 1 } } }, { a: [null, 1, 3, 'b', [1]] }],
  [
    { a: [{ x: 1, y: 1 }, { x: 2 }] },
    { $push: { a: { $each: [{ x: 1, y: 2 }], $sort: { x: -1, y: -1 } } } },
    { a: [{ x: 2 }, { x: 1, y: 2 }, { x: 1, y: 1 }] },
  ],
  [{ a: [[1]] }, { $push: { 'a.0': 2 } }, { a: [[1, 2]] }],
  [{}, { $addToSet: { a: { $each: [1, 1, 2] } } }, { a: [1, 2] }],
  [{ a: [{ x: 1, y: 2 }] }, { $addToSet: { a: { x: 1, y: 2 } } }, { a: [{ x: 1, y: 2 }] }],
  [
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [{ a: [1, 2, 3, 2] }, { $pull: { a: 2 } }, { a: [1, 3] }],
  [{ a: [1, 5, 8] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [{ a: [{ x: 1, y: 2 }, { x: 1 }] }, { $pull: { a: { x: 1, y: { $exists: false } } } }, { a: [{ x: 1, y: 2 }] }],
  [{ a: [{ x: [1, 2] }, { x: [3] }] }, { $pull: { a: { x: { $elemMatch: { $gt: 2 } } } } }, { a: [{ x: [1, 2] }] }],
  [{ a: [[1, 2], 1, [3]] }, { $pull: { a: { $in: [1] } } }, { a: [[3]] }],
  [{ a: [null, 1, {}] }, { $pull: { a: null } }, { a: [1, {}] }],
  [{ a: ['fig', 'apple'] }, { $pull: { a: /^f/ } }, { a: ['apple'] }],
  [{ a: [1, [1, 2], 2] }, { $pullAll: { a: [[1, 2], 2] } }, { a: [1] }],
  [{ b: 1 }, { $pull: { a: 1 }, $pullAll: { c: [1] }, $pop: { d: 1 } }, { b: 1 }],
  [{ a: [1, 2, 3], b: [1, 2] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2] }],
  [{ a: [] }, { $pop: { a: 1 } }, { a: [] }],
]

const LINES = {
  a: [
    { n: 1, q: 1 },
    { n: 2, q: 2 },
    { n: 2, q: 3 },
  ],
}

const POSITIONS: readonly Case[] = [
  [
    LINES,
    { $set: { 'a.$.q': 9 } },
    {
      a: [
        { n: 1, q: 1 },
        { n: 2, q: 9 },
        { n: 2, q: 3 },
      ],
    },
    { filter: { 'a.n': 2 } },
  ],
  [
    LINES,
    { $set: { 'a.$.q': 9 } },
    {
      a: [
        { n: 1, q: 1 },
        { n: 2, q: 2 },
        { n: 2, q: 9 },
      ],
    },
    { filter: { a: { $elemMatch: { n: 2, q: { $gt: 2 } } } } },
  ],
  [{ a: [1, 5, 7] }, { $set: { 'a.$': 0 } }, { a: [1, 0, 7] }, { filter: { a: { $gt: 1 } } }],
  [{ a: [1, 5, 7] }, { $inc: { 'a.$': 1 } }, { a: [1, 5, 8] }, { filter: { $and: [{ a: { $gt: 5 } }] } }],
  [LINES, { $unset: { 'a.$[].q': '' } }, { a: [{ n: 1 }, { n: 2 }, { n: 2 }] }],
  [{ a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [{ a: [1, 7, 9] }, { $set: { 'a.$[high]': 5 } }, { a: [1, 5, 5] }, { arrayFilters: [{ high: { $gt: 5 } }] }],
  [
    { a: [{ b: [1, 2] }, { b: [3], c: 1 }] },
    { $inc: { 'a.$[one].b.$[two]': 10 } },
    { a: [{ b: [1, 2] }, { b: [13], c: 1 }] },
    { arrayFilters: [{ 'one.c': 1 }, { two: { $gte: 2 } }] },
  ],
  [LINES, { $pull: { a: { n: 2 } } }, { a: [{ n: 1, q: 1 }] }],
]

describe.each([
  ['fields', FIELDS],
  ['arrays', ARRAYS],
  ['positions', POSITIONS],
])('updates of %s', (_, cases) => {
  it.each(titled(cases))('%s', async (_title, [before, change, after, options = {}]) => {
    expect(await updated(before, change, options)).toEqual(after)
  })
})

const REFUSED: readonly (readonly [before: Document, change: Change, code: number, options?: Options])[] = [
  [{ a: 'text' }, { $inc: { a: 1 } }, 14],
  [{ a: null }, { $inc: { a: 1 } }, 14],
  [{ a: [1] }, { $mul: { a: 2 } }, 14],
  [{ a: 1 }, { $inc: { a: 'x' } }, 14],
  [{ a: [1] }, { $set: { 'a.b': 1 } }, 28],
  [{ a: [{ q: 1 }] }, { $inc: { 'a.q': 1 } }, 28],
  [{ a: 5 }, { $set: { 'a.b': 1 } }, 28],
  [{ a: null }, { $set: { 'a.b': 1 } }, 28],
  [{ a: 5 }, { $pull: { 'a.b': 1 } }, 28],
  [{ a: [] }, { $set: { 'a.1500001': 1 } }, 2],
  [{ a: 5 }, { $push: { a: 1 } }, 2],
  [{ a: null }, { $push: { a: 1 } }, 2],
  [{ a: 5 }, { $addToSet: { a: 1 } }, 2],
  [{ a: 5 }, { $pull: { a: 1 } }, 2],
  [{ a: 5 }, { $pullAll: { a: [1] } }, 2],
  [{ a: [1] }, { $pullAll: { a: 1 } }, 2],
  [{ a: 5 }, { $pop: { a: 1 } }, 14],
  [{ a: [1] }, { $pop: { a: 2 } }, 9],
  [{ a: [1] }, { $push: { a: { $each: 1 } } }, 2],
  [{ a: [1] }, { $push: { a: { $each: [1], $foo: 1 } } }, 2],
  [{ a: [1] }, { $push: { a: { $each: [1], $slice: 'x' } } }, 2],
  [{ a: [1] }, { $push: { a: { $each: [1], $sort: 2 } } }, 2],
  [{ a: 1.5 }, { $bit: { a: { and: 1 } } }, 2],
  [{ a: 1 }, { $bit: { a: { nand: 1 } } }, 2],
  [{ a: 1 }, { $currentDate: { a: 'x' } }, 2],
  [{ a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }, 2],
  [{ a: 1, b: [1] }, { $rename: { a: 'b.0' } }, 2],
  [{ a: 1 }, { $rename: { a: 5 } }, 2],
  [{ a: 1 }, { $set: { b: 1 }, $rename: { a: 'b' } }, 40],
  [{ a: 1 }, { $set: { a: 1, 'a.b': 1 } }, 40],
  [{ a: 1 }, { $set: { 'a..b': 1 } }, 56],
  [{ a: 1 }, { $set: { 'b.$x': 1 } }, 52],
  [{ a: [1] }, { $set: { 'a.$': 1 } }, 2],
  [{ a: 5 }, { $set: { 'a.$[]': 1 } }, 2],
  [{}, { $set: { 'a.$[]': 1 } }, 2],
  [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  [{ a: [1] }, { $set: { a: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
  [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 9, { arrayFilters: [{ x: 1, y: 1 }] }],
  [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 9, { arrayFilters: [{ x: 1 }, { x: 2 }] }],
  [{ a: 1 }, { $inc: { _id: 1 } }, 66],
  [{ a: 1 }, { $unset: { _id: '' } }, 66],
]

describe('updates that are refused and change nothing', () => {
  it.each(titled(REFUSED))('%s', async (_title, [before, change, code, { filter = {}, arrayFilters } = {}]) => {
    const c = h.fresh()
    await c.insertOne({ _id: 1 as never, ...before })
    const error = await failure(c.updateOne(filter, change as never, arrayFilters ? { arrayFilters } : {}))
    expect(error.code, error.message).toBe(code)
    expect(await c.findOne()).toEqual({ _id: 1, ...before })
  })
})

const UPSERTS: readonly (readonly [filter: Document, change: Change, made: Document | number])[] = [
  [{ a: 1, 'b.c': 2 }, { $set: { d: 3 } }, { a: 1, b: { c: 2 }, d: 3 }],
  [{ a: { $eq: null } }, { $set: { d: 3 } }, { a: null, d: 3 }],
  [{ a: { $in: [5] }, b: { $in: [1, 2] } }, { $set: { d: 3 } }, { a: 5, d: 3 }],
  [{ a: { $all: [5] } }, { $set: { d: 3 } }, { a: 5, d: 3 }],
  [{ $and: [{ a: 1 }, { b: { $eq: 2 } }], $or: [{ c: 3 }] }, { $set: { d: 4 } }, { a: 1, b: 2, c: 3, d: 4 }],
  [{ $or: [{ a: 1 }, { a: 2 }] }, { $set: { d: 4 } }, { d: 4 }],
  [{ a: { $gt: 5, $ne: 1 }, b: /x/, c: { $exists: true } }, { $inc: { d: 4 } }, { d: 4 }],
  [{ a: [1, 2] }, { $push: { a: 3 } }, { a: [1, 2, 3] }],
  [{ a: 5 }, { $inc: { a: 1 } }, { a: 6 }],
  [{ a: 5 }, { $unset: { a: '' }, $setOnInsert: { b: 1 } }, { b: 1 }],
  [{ a: 5, b: { $gt: 1 } }, { c: 1 }, { c: 1 }],
  [{ a: 5 }, [{ $set: { b: '$a' } }], { a: 5, b: 5 }],
  [{ $and: [{ a: 1 }, { a: 2 }] }, { $set: { d: 4 } }, 54],
  [{ a: 1, 'a.b': 2 }, { $set: { d: 4 } }, 54],
  [{ a: { $all: [1, 2] } }, { $set: { d: 4 } }, 54],
  [{ 'a.n': 5 }, { $set: { 'a.$.n': 4 } }, 2],
  [{ a: { b: 1 } }, { $set: { 'a.c': 2 } }, { a: { b: 1, c: 2 } }],
]

describe('upserts make of a filter what its fields have to equal', () => {
  it.each(titled(UPSERTS))('%s', async (_title, [filter, change, made]) => {
    const c = h.fresh()
    const isReplacement = !Array.isArray(change) && !Object.keys(change)[0]?.startsWith('$')
    const upsert = () =>
      isReplacement
        ? c.replaceOne(filter, change, { upsert: true })
        : c.updateOne(filter, change as never, { upsert: true })
    if (typeof made === 'number') {
      expect((await failure(upsert())).code).toBe(made)
      return
    }
    await upsert()
    expect(await c.find({}, { projection: { _id: 0 } }).toArray()).toEqual([made])
  })

  it('new fields come in the order of their names', async () => {
    const c = h.fresh()
    await c.updateOne({ _id: 1 as never }, { $set: { z: 1, b: 1 }, $inc: { a: 1, m: 1 } }, { upsert: true })
    expect(Object.keys((await c.findOne())!)).toEqual(['_id', 'a', 'b', 'm', 'z'])
  })
})
