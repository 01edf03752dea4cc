import type { Collection } from 'mongodb'
import { beforeAll, describe, expect, it } from 'vitest'
import { failure, withServer } from './harness.ts'

const h = withServer()

type Row = { _id: number; a: number; b: number }
let c: Collection<Row>
beforeAll(async () => {
  c = h.fresh<Row>()
  await c.createIndex({ a: 1 })
  await c.createIndex({ a: 1, b: -1 }, { name: 'both' })
  await c.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: i, a: i % 4, b: i })))
})

const indexOf = async (hint: string | Record<string, 1 | -1>): Promise<string | undefined> =>
  (await c.find({ a: 1 }).hint(hint).explain()).queryPlanner.winningPlan.indexName

describe('a hint', () => {
  it('chooses an index by its name or its key', async () => {
    expect(await indexOf('both')).toBe('both')
    expect(await indexOf({ a: 1, b: -1 })).toBe('both')
    expect(await indexOf('a_1')).toBe('a_1')
    expect(await indexOf({ a: 1 })).toBe('a_1')
  })

  it('chooses the index of _id, or a walk over everything', async () => {
    for (const hint of ['_id_', { _id: 1 } as const, { $natural: 1 } as const]) {
      expect(await indexOf(hint)).toBe(undefined)
      expect(await c.find({ a: 1 }).hint(hint).toArray()).toHaveLength(5)
    }
  })

  it.each<[string, () => Promise<unknown>]>([
    ['find', () => c.find({ a: 1 }).hint('none').toArray()],
    ['find by _id', () => c.find({ _id: 1 }).hint('none').toArray()],
    ['find with another key', () => c.find({ a: 1 }).hint({ b: 1 }).toArray()],
    ['aggregate', () => c.aggregate([{ $match: { a: 1 } }], { hint: 'none' }).toArray()],
    ['countDocuments', () => c.countDocuments({ a: 1 }, { hint: 'none' })],
    ['count', () => h.db.command({ count: c.collectionName, query: { a: 1 }, hint: 'none' })],
    ['distinct', () => c.distinct('b', { a: 1 }, { hint: 'none' })],
    ['updateOne', () => c.updateOne({ a: 1 }, { $set: { b: 0 } }, { hint: 'none' as never })],
    ['deleteMany', () => c.deleteMany({ a: 1 }, { hint: 'none' as never })],
    ['findOneAndUpdate', () => c.findOneAndUpdate({ a: 1 }, { $set: { b: 0 } }, { hint: 'none' as never })],
    ['findOneAndDelete', () => c.findOneAndDelete({ a: 1 }, { hint: 'none' as never })],
    ['bulkWrite', () => c.bulkWrite([{ updateOne: { filter: { a: 1 }, update: { $set: { b: 0 } }, hint: 'none' } }])],
  ])('that names no index is refused: %s', async (_, run) => {
    expect((await failure(run())).code).toBe(2)
    expect(await c.countDocuments()).toBe(20)
    expect(await c.countDocuments({ b: 0 })).toBe(1)
  })

  it('is of no matter where there is no collection', async () => {
    expect(await h.fresh().find({ a: 1 }).hint('none').toArray()).toEqual([])
  })
})
