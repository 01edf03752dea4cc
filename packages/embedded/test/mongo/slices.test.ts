import type { Collection, Document } from 'mongodb'
import { beforeAll, describe, expect, it } from 'vitest'
import { failure, withServer } from './harness.ts'

// A slice of no length: a walk lets others in after every page.
const h = withServer({ sliceMs: 0 })
const COUNT = 12_000

type Row = { _id: number; n: number; status: string; text: string; lines: { sku: string; qty: number }[] }

let c: Collection<Row>
beforeAll(async () => {
  c = h.fresh<Row>()
  const rows = Array.from({ length: COUNT }, (_, i) => ({
    _id: i,
    n: (i * 7919) % COUNT,
    status: i % 3 === 0 ? 'open' : 'done',
    text: `t${i}`,
    lines: [
      { sku: `s${i % 5}`, qty: 1 },
      { sku: `s${i % 7}`, qty: 2 },
    ],
  }))
  await c.insertMany(rows)
}, 60_000)

const aggregate =
  (...pipeline: Document[]) =>
  (): Promise<unknown[]> =>
    c.aggregate(pipeline).toArray()

describe('while a long walk is at work', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a find without an index', () => c.find({ text: 'none' }).toArray()],
    ['a sort of all in memory', () => c.find().sort({ text: 1 }).batchSize(COUNT).toArray()],
    ['the first few of a sort', () => c.find().sort({ text: 1 }).limit(3).toArray()],
    ['a count', () => c.countDocuments({ status: 'open' })],
    ['the count command', () => h.db.command({ count: c.collectionName, query: { status: 'open' } })],
    ['a distinct', () => c.distinct('status')],
    ['a getMore of everything', () => c.find().batchSize(COUNT).toArray()],
    ['a group', aggregate({ $group: { _id: '$status', n: { $sum: 1 } } })],
    [
      'an unwind and group',
      aggregate({ $unwind: '$lines' }, { $group: { _id: '$lines.sku', q: { $sum: '$lines.qty' } } }),
    ],
    ['a sort behind other stages', aggregate({ $addFields: { m: '$n' } }, { $sort: { m: 1 } }, { $limit: 5000 })],
    ['facets', aggregate({ $facet: { a: [{ $count: 'n' }], b: [{ $sortByCount: '$status' }] } })],
    [
      'a join without an index',
      aggregate({ $match: { _id: 1 } }, { $lookup: { from: 'c1', localField: 'text', foreignField: 'text', as: 'j' } }),
    ],
    ['an explain', () => c.find({ text: 'none' }).explain('executionStats')],
  ])('others are answered in between: %s', async (_, walk) => {
    let isDone = false
    let answered = 0
    const walking = walk().finally(() => {
      isDone = true
    })
    while (!isDone) {
      await h.db.command({ ping: 1 })
      answered++
    }
    await walking
    // Without slices it would be the one or two that were on their way when it began.
    expect(answered).toBeGreaterThan(8)
  })

  it('writes of others are answered and seen by later reads', async () => {
    const group = c.aggregate([{ $group: { _id: '$status', n: { $sum: 1 } } }]).toArray()
    await h.db.collection<{ _id: number }>('written').insertOne({ _id: 1 })
    expect(await h.db.collection('written').countDocuments()).toBe(1)
    expect(await group).toHaveLength(2)
  })

  it('many walks share the time, and each comes to its end', async () => {
    const totals = await Promise.all(Array.from({ length: 12 }, () => c.countDocuments({ status: 'open' })))
    expect(totals).toEqual(Array.from({ length: 12 }, () => COUNT / 3))
  })

  it('a walk over a collection that is dropped meanwhile is told so', async () => {
    const short = h.fresh()
    await short.insertMany(Array.from({ length: 3000 }, (_, i) => ({ i })))
    const walk = failure(short.find({ i: -1 }).toArray())
    await short.drop()
    expect((await walk).code).toBe(175)
  })
})

describe('a cursor', () => {
  const open = async (): Promise<unknown> =>
    (await h.db.command({ find: c.collectionName, filter: {}, batchSize: 1 })).cursor.id

  it('serves one getMore at a time', async () => {
    const id = await open()
    const more = { getMore: id, collection: c.collectionName, batchSize: COUNT }
    const [first, second] = await Promise.allSettled([h.db.command(more), h.db.command(more)])
    expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = [first, second].find((one) => one.status === 'rejected')
    expect(refused?.reason.code).toBe(12051)
  })

  it('that is killed in the middle of a getMore ends there', async () => {
    const id = await open()
    const more = failure(h.db.command({ getMore: id, collection: c.collectionName, batchSize: COUNT }))
    await h.db.command({ killCursors: c.collectionName, cursors: [id] })
    expect((await more).code).toBe(237)
    expect((await failure(h.db.command({ getMore: id, collection: c.collectionName }))).code).toBe(43)
  })
})

describe('maxTimeMS', () => {
  it('ends a walk', async () => {
    const slow = { $match: { $expr: { $eq: [{ $concat: ['$text', 'x'] }, 'none'] } } }
    expect((await failure(c.aggregate([slow], { maxTimeMS: 1 }).toArray())).code).toBe(50)
    expect((await failure(c.find({ text: /x$/ }, { maxTimeMS: 1 }).toArray())).code).toBe(50)
    expect((await failure(c.countDocuments({ text: /x$/ }, { maxTimeMS: 1 }))).code).toBe(50)
  })

  it('ends a write that walks, and leaves nothing of it', async () => {
    const updates = [{ q: { text: /x$/ }, u: { $set: { harmed: 1 } }, multi: true }]
    expect((await failure(h.db.command({ update: c.collectionName, updates, maxTimeMS: 1 }))).code).toBe(50)
    expect(await c.countDocuments({ harmed: 1 })).toBe(0)
  })

  it('ends the wait for the transaction of another', async () => {
    const d = h.fresh<{ _id: number; n: number }>()
    await d.insertOne({ _id: 1, n: 0 })
    const session = h.client.startSession()
    session.startTransaction()
    await d.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session })
    expect((await failure(d.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { maxTimeMS: 30 }))).code).toBe(50)
    await session.commitTransaction()
    await session.endSession()
    // The one that gave up does not come after all.
    expect(await d.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 })
  })

  it('leaves what is quick enough alone', async () => {
    expect(await c.findOne({ _id: 7 }, { maxTimeMS: 10_000 })).toMatchObject({ text: 't7' })
  })
})
