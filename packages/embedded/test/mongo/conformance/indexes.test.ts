import { type Document, Long } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { failure, withServer } from '../harness.ts'

const h = withServer()

const UNIQUE = { unique: true }
const SPARSE = { unique: true, sparse: true }
const PARTIAL = { unique: true, partialFilterExpression: { b: { $exists: true } } }

type Claim = readonly [key: Document, options: Document, docs: Document[], outcome: 'taken' | 'refused']

const CLAIMS: readonly Claim[] = [
  [{ a: 1 }, UNIQUE, [{}, {}], 'refused'],
  [{ a: 1 }, UNIQUE, [{}, { a: null }], 'refused'],
  [{ a: 1 }, UNIQUE, [{ a: [1, 1] }], 'taken'],
  [{ a: 1 }, UNIQUE, [{ a: [1, 2] }, { a: 2 }], 'refused'],
  [{ a: 1 }, UNIQUE, [{ a: [] }, { a: [] }], 'refused'],
  [{ a: 1 }, UNIQUE, [{ a: [] }, {}], 'taken'],
  [{ a: 1 }, UNIQUE, [{ a: [[1]] }, { a: 1 }], 'taken'],
  [{ a: 1 }, UNIQUE, [{ a: [null, 1] }, {}], 'refused'],
  [{ a: 1 }, UNIQUE, [{ a: 1 }, { a: Long.fromNumber(1) }], 'refused'],
  [{ a: 1 }, UNIQUE, [{ a: 1 }, { a: '1' }, { a: true }], 'taken'],
  [{ a: 1 }, UNIQUE, [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }], 'taken'],
  [{ 'a.b': 1 }, UNIQUE, [{ a: [{ b: 1 }, { b: 1 }] }], 'taken'],
  [{ 'a.b': 1 }, UNIQUE, [{ a: [{ b: 1 }] }, { a: { b: 1 } }], 'refused'],
  [{ 'a.b': 1 }, UNIQUE, [{ a: [] }, {}], 'refused'],
  [{ 'a.b': 1 }, UNIQUE, [{ a: [{ b: 1 }, {}] }, { a: [{ b: 2 }, {}] }], 'refused'],
  [{ a: 1, b: 1 }, UNIQUE, [{ a: 1 }, { a: 1, b: null }], 'refused'],
  [{ a: 1, b: -1 }, UNIQUE, [{ a: 1 }, { a: 1, b: 0 }], 'taken'],
  [
    { a: 1, b: 1 },
    UNIQUE,
    [
      { a: [1, 2], b: 1 },
      { a: 2, b: 2 },
    ],
    'taken',
  ],
  [
    { a: 1, b: 1 },
    UNIQUE,
    [
      { a: [1, 2], b: 1 },
      { a: 2, b: 1 },
    ],
    'refused',
  ],
  [{ a: 1 }, SPARSE, [{}, {}], 'taken'],
  [{ a: 1 }, SPARSE, [{ a: null }, {}], 'taken'],
  [{ a: 1 }, SPARSE, [{ a: null }, { a: null }], 'refused'],
  [{ 'a.b': 1 }, SPARSE, [{ a: [{ b: 1 }, {}] }, { a: [{ b: 2 }, {}] }], 'taken'],
  [{ a: 1, b: 1 }, SPARSE, [{}, {}, { a: 1 }, { b: 1 }], 'taken'],
  [{ a: 1, b: 1 }, SPARSE, [{ b: 1 }, { b: 1 }], 'refused'],
  [{ a: 1 }, PARTIAL, [{ a: 1 }, { a: 1 }, { a: 1, b: 1 }], 'taken'],
  [
    { a: 1 },
    PARTIAL,
    [
      { a: 1, b: 1 },
      { a: 1, b: null },
    ],
    'refused',
  ],
]

describe('unique indexes', () => {
  it.each(CLAIMS)('%j %j: %j is %s', async (key, options, docs, outcome) => {
    const c = h.fresh()
    await c.createIndex(key, options)
    const last = docs.at(-1)!
    if (docs.length > 1) await c.insertMany(docs.slice(0, -1))
    if (outcome === 'taken') await c.insertOne({ ...last })
    else expect((await failure(c.insertOne({ ...last }))).code).toBe(11000)
    expect(await c.countDocuments()).toBe(docs.length - (outcome === 'taken' ? 0 : 1))
    // The same for an index that is made over documents that are there.
    const d = h.fresh()
    await d.insertMany(docs.map((doc) => ({ ...doc, _id: undefined as never })))
    if (outcome === 'taken') await d.createIndex(key, options)
    else expect((await failure(d.createIndex(key, options))).code).toBe(11000)
  })

  it.each<Document>([
    { b: { $ne: 1 } },
    { b: { $exists: false } },
    { b: /x/ },
    { b: { $not: { $gt: 1 } } },
    { $nor: [{ b: 1 }] },
    { b: { $elemMatch: { $gt: 1 } } },
    { $and: [{ b: 1 }, { c: { $size: 1 } }] },
    { b: { $type: 'int' } },
  ])('a partial index cannot ask %j', async (partialFilterExpression) => {
    expect((await failure(h.fresh().createIndex({ a: 1 }, { partialFilterExpression }))).code).toBe(67)
  })
})

const VALUES: Readonly<Record<string, Document>> = {
  empty: { a: [] },
  missing: {},
  none: { a: null },
  notNumber: { a: Number.NaN },
  list: { a: [9, 1] },
  five: { a: 5 },
  mixed: { a: ['b', 7] },
  text: { a: 'x' },
  object: { a: { x: 1 } },
  nested: { a: [[1]] },
  yes: { a: true },
  date: { a: new Date(0) },
}

const ORDERS: readonly (readonly [sort: Document, filter: Document, order: string])[] = [
  [{ a: 1, _id: 1 }, {}, 'empty missing none notNumber list five mixed text object nested yes date'],
  [{ a: -1, _id: 1 }, {}, 'date yes nested object text mixed list five notNumber missing none empty'],
  [{ a: 1, _id: 1 }, { a: { $gt: 2 } }, 'list five mixed'],
  [{ a: -1, _id: 1 }, { a: { $in: [5, 9, 7] } }, 'mixed list five'],
  [{ a: 1 }, { a: 7 }, 'mixed'],
  [{ 'a.x': -1, _id: 1 }, { a: { $type: 'object' } }, 'object'],
]

describe('sorts', () => {
  it.each(ORDERS)('by %j of %j', async (sort, filter, order) => {
    const c = h.fresh()
    await c.insertMany(Object.entries(VALUES).map(([name, doc]) => ({ _id: name as never, ...doc })))
    const sorted = async () =>
      (
        await c
          .find(filter)
          .sort(sort as never)
          .toArray()
      )
        .map(({ _id }) => _id)
        .join(' ')
    expect(await sorted()).toBe(order)
    await c.createIndex({ a: 1 })
    await c.createIndex({ a: -1, _id: 1 })
    expect(await sorted()).toBe(order)
  })

  it('by a field that the filter pins order arrays by their other elements', async () => {
    for (const key of [{ b: 1 }, { a: 1, b: 1 }]) {
      const c = h.fresh<{ _id: number }>()
      await c.createIndex(key as never)
      await c.insertMany([
        { _id: 1, a: 5 },
        { _id: 2, a: [5, 1] },
        { _id: 3, a: [9, 5] },
      ] as never)
      const ids = (order: 1 | -1) =>
        c
          .find({ a: 5 } as never)
          .sort({ a: order })
          .map(({ _id }) => _id)
          .toArray()
      expect(await ids(1)).toEqual([2, 1, 3])
      expect((await ids(-1))[0]).toBe(3)
    }
  })

  it('by two arrays of a document are refused', async () => {
    const c = h.fresh()
    await c.insertMany([
      { a: [1], b: 2 },
      { a: 1, b: [2] },
    ])
    expect(await c.find().sort({ a: 1, b: 1 }).toArray()).toHaveLength(2)
    await c.insertOne({ a: [1], b: [2] })
    expect((await failure(c.find().sort({ a: 1, b: 1 }).toArray())).code).toBe(2)
    expect(
      (
        await failure(
          c
            .aggregate([{ $unwind: '$c' }, { $sort: { a: 1 } }])
            .toArray()
            .then(() => c.aggregate([{ $skip: 0 }, { $sort: { a: 1, b: 1 } }]).toArray()),
        )
      ).code,
    ).toBe(2)
  })
})

describe('distinct values and joins', () => {
  it('leave out what is missing', async () => {
    const c = h.fresh()
    await c.insertMany([{ a: [{ b: 1 }, { c: 1 }] }, { a: [] }, {}, { a: { b: [2, []] } }, { a: { b: null } }])
    const values = await c.distinct('a.b')
    expect(values).toHaveLength(4)
    expect(values).toEqual(expect.arrayContaining([1, 2, [], null]))
  })

  it('an array without elements joins nothing, with and without an index', async () => {
    const [from, to] = [h.fresh(), h.fresh()]
    await from.insertMany([{ _id: 1 as never, k: [] }, { _id: 2 as never }, { _id: 3 as never, k: [1, 2] }])
    await to.insertMany([
      { _id: 1 as never, f: [] },
      { _id: 2 as never, f: null },
      { _id: 3 as never, f: [2] },
    ])
    const stage = { $lookup: { from: to.collectionName, localField: 'k', foreignField: 'f', as: 'found' } }
    const joined = async () =>
      (await from.aggregate([stage]).toArray()).map(({ found }) => found.map(({ _id }: Document) => _id))
    expect(await joined()).toEqual([[], [2], [3]])
    await to.createIndex({ f: 1 })
    expect(await joined()).toEqual([[], [2], [3]])
  })
})
