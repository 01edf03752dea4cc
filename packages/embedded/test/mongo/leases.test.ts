import { describe, expect, it } from 'vitest'
import { failure, withServer } from './harness.ts'

const h = withServer()

type Lease = { _id: string; holder: string; until: Date; term: number }

/** Takes a lease that is free or has run out; a duplicate key says that somebody holds it. */
const take = async (name: string, holder: string, now: number): Promise<Lease | 'held'> => {
  try {
    const lease = await h.db
      .collection<Lease>('leases')
      .findOneAndUpdate(
        { _id: name, $or: [{ until: { $lte: new Date(now) } }, { holder }] },
        { $set: { holder, until: new Date(now + 1000) }, $inc: { term: 1 } },
        { upsert: true, returnDocument: 'after' },
      )
    return lease ?? 'held'
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return 'held'
    throw error
  }
}

describe('a lease by an upsert that filters on its expiry', () => {
  it('is made, kept by its holder, refused to others, and passes on when it has run out', async () => {
    expect(await take('a', 'one', 1000)).toMatchObject({ holder: 'one', term: 1 })
    expect(await take('a', 'two', 1500)).toBe('held')
    expect(await take('a', 'one', 1500)).toMatchObject({ holder: 'one', term: 2, until: new Date(2500) })
    expect(await take('a', 'two', 2500)).toMatchObject({ holder: 'two', term: 3 })
    expect(await take('a', 'one', 3000)).toBe('held')
  })

  it('is given to one of many who ask at once, new or run out', async () => {
    for (const now of [1000, 5000]) {
      const asked = Array.from({ length: 24 }, (_, i) => take('b', `h${i}-${now}`, now))
      expect((await Promise.all(asked)).filter((outcome) => outcome !== 'held')).toHaveLength(1)
    }
  })

  it('the error names the _id, so that a caller can tell it from another duplicate', async () => {
    await h.db.collection<Lease>('leases').insertOne({ _id: 'c', holder: 'x', until: new Date(9e12), term: 1 })
    const refused = await failure(
      h.db
        .collection<Lease>('leases')
        .updateOne({ _id: 'c', until: { $lt: new Date(0) } }, { $set: { holder: 'y' } }, { upsert: true }),
    )
    expect(refused).toMatchObject({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 'c' } })
  })
})

describe('a counter with a guard', () => {
  it('never passes it, however many take from it at once', async () => {
    const stock = h.fresh<{ _id: string; onHand: number }>()
    await stock.insertOne({ _id: 'sku', onHand: 50 })
    const takes = Array.from({ length: 40 }, () =>
      stock.updateOne({ _id: 'sku', onHand: { $gte: 3 } }, { $inc: { onHand: -3 } }),
    )
    const taken = (await Promise.all(takes)).filter(({ modifiedCount }) => modifiedCount === 1)
    expect(taken).toHaveLength(16)
    expect(await stock.findOne()).toEqual({ _id: 'sku', onHand: 2 })
  })

  it('by client.bulkWrite: a guard that does not hold matches nothing, and the others go on', async () => {
    const stock = h.fresh<{ _id: string; onHand: number }>()
    await stock.insertMany([
      { _id: 'a', onHand: 5 },
      { _id: 'b', onHand: 1 },
    ])
    const namespace = stock.namespace
    const models = ['a', 'b'].map((_id) => ({
      namespace,
      name: 'updateOne' as const,
      filter: { _id: _id as never, onHand: { $gte: 2 } },
      update: { $inc: { onHand: -2 } },
    }))
    expect(await h.client.bulkWrite(models)).toMatchObject({ matchedCount: 1, modifiedCount: 1 })
    expect(await stock.find().toArray()).toEqual([
      { _id: 'a', onHand: 3 },
      { _id: 'b', onHand: 1 },
    ])
  })

  it('blocks of numbers are each given once', async () => {
    const counters = h.fresh<{ _id: string; last: number }>()
    const blocks = await Promise.all(
      Array.from({ length: 30 }, () =>
        counters.findOneAndUpdate({ _id: 'SO' }, { $inc: { last: 50 } }, { upsert: true, returnDocument: 'after' }),
      ),
    )
    const expected = Array.from({ length: 30 }, (_, i) => (i + 1) * 50)
    expect(blocks.map((block) => block?.last).toSorted((a, b) => Number(a) - Number(b))).toEqual(expected)
  })
})
