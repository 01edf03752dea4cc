import { inspect } from 'node:util'
import type { Document } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { failure, withServer } from '../harness.ts'

const h = withServer()

type Case = readonly [doc: Document, projection: Document, shown: Document, filter?: Document]

const titled = <T extends readonly unknown[]>(cases: readonly T[]) =>
  cases.map((one) => [inspect(one[1], { depth: 9, breakLength: Infinity }), one] as const)

const NESTED = { a: [{ b: 1, c: 2 }, 5, { c: 3 }, [{ b: 2, c: 1 }]] }
const LINES = {
  a: [
    { x: 1, y: 1 },
    { x: 2, y: 2 },
    { x: 2, y: 3 },
  ],
  z: 1,
}
const LIST = { a: [1, 5, 7], z: 1 }

const CASES: readonly Case[] = [
  [
    { b: 2, a: 1, c: 3 },
    { a: 1, b: true },
    { _id: 1, b: 2, a: 1 },
  ],
  [{ a: 1, b: 2 }, { _id: 0 }, { a: 1, b: 2 }],
  [{ a: 1, b: 2 }, { _id: 1 }, { _id: 1 }],
  [{ a: 1, b: 2 }, { _id: 0, a: 1 }, { a: 1 }],
  [
    { a: 1, b: 2 },
    { a: 0, _id: 1 },
    { _id: 1, b: 2 },
  ],
  [NESTED, { 'a.b': 1 }, { _id: 1, a: [{ b: 1 }, {}, [{ b: 2 }]] }],
  [NESTED, { 'a.b': 0 }, { _id: 1, a: [{ c: 2 }, 5, { c: 3 }, [{ c: 1 }]] }],
  [{ a: { b: 1, c: 2 }, d: 1 }, { a: { b: 1 } }, { _id: 1, a: { b: 1 } }],
  [
    { a: 5, b: null, c: [] },
    { 'a.x': 1, 'b.x': 1, 'c.x': 1 },
    { _id: 1, c: [] },
  ],
  [{ a: 5, b: 1 }, { 'a.x': 0 }, { _id: 1, a: 5, b: 1 }],
  [{ a: 1 }, { none: 1 }, { _id: 1 }],
  [LIST, { a: { $slice: 2 } }, { _id: 1, a: [1, 5], z: 1 }],
  [LIST, { a: { $slice: -2 }, z: 1 }, { _id: 1, a: [5, 7], z: 1 }],
  [LIST, { a: { $slice: [1, 1] }, z: 0 }, { _id: 1, a: [5] }],
  [LIST, { a: { $slice: [-2, 1] } }, { _id: 1, a: [5], z: 1 }],
  [{ a: { l: [1, 2], m: 1 } }, { 'a.l': { $slice: 1 } }, { _id: 1, a: { l: [1], m: 1 } }],
  [{ a: 5 }, { a: { $slice: 1 } }, { _id: 1, a: 5 }],
  [LIST, { a: { $elemMatch: { $gt: 3 } } }, { _id: 1, a: [5] }],
  [LINES, { a: { $elemMatch: { x: 2 } }, z: 1 }, { _id: 1, z: 1, a: [{ x: 2, y: 2 }] }],
  [LINES, { a: { $elemMatch: { x: 9 } } }, { _id: 1 }],
  [LIST, { 'a.$': 1 }, { _id: 1, a: [5] }, { a: { $gt: 3 } }],
  [LINES, { 'a.$': 1, z: 1 }, { _id: 1, a: [{ x: 2, y: 2 }], z: 1 }, { 'a.x': 2 }],
  [LINES, { 'a.$': 1 }, { _id: 1, a: [{ x: 2, y: 3 }] }, { a: { $elemMatch: { x: 2, y: 3 } } }],
  [{ a: { l: [1, 5] } }, { 'a.l.$': 1 }, { _id: 1, a: { l: [5] } }, { 'a.l': 5 }],
  [
    { a: 1, b: 2 },
    { b: 1, c: '$a', d: { $add: ['$a', 1] } },
    { _id: 1, b: 2, c: 1, d: 2 },
  ],
  [{ a: { b: 1, c: 2 } }, { 'a.b': 1, 'a.d': { $literal: 5 } }, { _id: 1, a: { b: 1, d: 5 } }],
]

describe('projections', () => {
  it.each(titled(CASES))('%s', async (_title, [doc, projection, shown, filter = {}]) => {
    const c = h.fresh()
    await c.insertOne({ _id: 1 as never, ...doc })
    const found = await c.findOne(filter, { projection })
    expect(found).toEqual(shown)
    expect(Object.keys(found ?? {})).toEqual(Object.keys(shown))
    expect(await c.findOne()).toEqual({ _id: 1, ...doc })
    expect(await c.findOneAndUpdate(filter, { $set: { seen: 1 } }, { projection })).toEqual(shown)
  })

  it.each<readonly [number, Document]>([
    [31254, { a: 1, b: 0 }],
    [31249, { a: 1, 'a.b': 1 }],
    [31249, { 'a.b': 1, a: 1 }],
    [31275, { 'a.b': { $elemMatch: { x: 1 } } }],
    [2, { a: { $slice: 'x' } }],
    [2, { a: { $slice: [1, 0] } }],
    [51246, { 'a.$': 1 }],
  ])('code %i: %j', async (code, projection) => {
    const c = h.fresh()
    await c.insertOne({ a: [1] })
    expect((await failure(c.findOne({}, { projection }))).code).toBe(code)
  })
})
