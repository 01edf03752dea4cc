import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { createBudget } from '../../src/mongo/query/memory.ts'
import { pagesOf, rowsOf } from '../../src/mongo/query/pages.ts'
import { createSpill, type Entry, merge } from '../../src/mongo/query/runs.ts'
import { sortEntries } from '../../src/mongo/query/sort.ts'
import { failure, temporaryFolder, withServer } from './harness.ts'

const h = withServer()

/** 60 MB of documents: more than the 32 MiB that a sort keeps in memory. */
const COUNT = 12_000
const TEXT = 'x'.repeat(5000)

type Row = { _id: number; n: number; text: string }

describe('reports over more than memory should hold', () => {
  const c = () => h.db.collection<Row>('large')
  beforeAll(async () => {
    for (let from = 0; from < COUNT; from += 2000)
      await c().insertMany(
        Array.from({ length: 2000 }, (_, i) => ({ _id: from + i, n: ((from + i) * 7919) % COUNT, text: TEXT })),
      )
  }, 60_000)

  const inOrder = async (rows: AsyncIterable<{ n: number }>): Promise<number> => {
    let at = 0
    for await (const { n } of rows) expect(n).toBe(at++)
    return at
  }

  it('a sort goes on in a file that has no name', async () => {
    const cursor = c().find().sort({ n: 1 })
    expect((await cursor.next())?.n).toBe(0)
    expect(readdirSync(h.folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
    await cursor.close()
    expect(await inOrder(c().find().sort({ n: 1 }))).toBe(COUNT)
  })

  it('a sort behind other stages does, too', async () => {
    const rows = c().aggregate<{ n: number }>([{ $addFields: { m: '$n' } }, { $sort: { m: 1 } }])
    expect(await inOrder(rows)).toBe(COUNT)
  })

  it('a group that keeps more than 100 MiB is refused, in words that say so', async () => {
    const keeping = [{ $group: { _id: null, all: { $push: '$text' } } }]
    const doubled = [{ $addFields: { copies: { $range: [0, 3] } } }, { $unwind: '$copies' }, ...keeping]
    expect(await failure(c().aggregate(doubled).toArray())).toMatchObject({
      code: 292,
      message: '$group would hold more than 100 MiB in memory',
    })
  })

  it.each([
    ['$bucketAuto', { $bucketAuto: { groupBy: '$n', buckets: 4 } }],
    ['$facet', { $facet: { a: [{ $limit: 1 }] } }],
    ['$group', { $group: { _id: null, s: { $stdDevPop: '$n' }, all: { $push: '$text' } } }],
  ])('a stage that sees everything at once, %s, is refused beyond 16 MiB', async (_, stage) => {
    expect((await failure(c().aggregate([stage]).toArray())).code).toBe(292)
  })

  it('and works on what is less', async () => {
    const [buckets] = await c()
      .aggregate([{ $project: { n: 1 } }, { $bucketAuto: { groupBy: '$n', buckets: 1 } }])
      .toArray()
    expect(buckets?.count).toBe(COUNT)
  })

  it('distinct values of more than an answer holds are refused', async () => {
    const wide = h.fresh()
    await wide.insertMany(Array.from({ length: 2000 }, (_, i) => ({ t: `${i}${'y'.repeat(9000)}` })))
    expect((await failure(wide.distinct('t'))).code).toBe(292)
  })
})

describe('runs', () => {
  const entry = (n: number, place = 0): Entry => {
    const order = Buffer.alloc(4)
    order.writeUInt32BE(n)
    return { order, key: Buffer.from([place]), bytes: Buffer.alloc(n % 50, n) }
  }
  const numberOf = ({ order }: Entry): number => Buffer.from(order).readUInt32BE()

  it('come back from a file as they were put', () => {
    const spill = createSpill(temporaryFolder())
    const [first, second] = [[1, 5, 9].map((n) => entry(n)), Array.from({ length: 20_000 }, (_, n) => entry(n))]
    const runs = [spill.put(first), spill.put(second)]
    expect([...merge(runs)].map(numberOf)).toEqual([1, 5, 9, ...second.map(numberOf)].toSorted((a, b) => a - b))
    spill.close()
  })

  it('merge to what one sort gives, and keep the order of equals', () => {
    const runs = [3, 1, 2].map((step, place) => Array.from({ length: 300 }, (_, i) => entry(i * step, place)))
    const merged = [...merge(runs.map((run) => run.values()))]
    expect(merged.map(numberOf)).toEqual(
      runs
        .flat()
        .map(numberOf)
        .toSorted((a, b) => a - b),
    )
    const placesOfZero = merged.filter((one) => numberOf(one) === 0).map(({ key }) => key[0])
    expect(placesOfZero).toEqual([0, 1, 2])
  })

  it.each([0, 1, 7, 999, 1000, 1001, 5000, Infinity])('the first %s of a sort are those of the whole', (wanted) => {
    const entries = Array.from({ length: 5000 }, (_, i) => entry((i * 7919) % 4001))
    const all = entries.map(numberOf).toSorted((a, b) => a - b)
    const sorted = [...rowsOf(sortEntries(pagesOf(entries, 100), { wanted, folder: temporaryFolder() }))]
    expect(sorted.slice(0, wanted).map(numberOf)).toEqual(all.slice(0, wanted))
  })

  it('a budget refuses the byte that is too much, and not the one before', () => {
    const keep = createBudget('it', 10)
    keep(10)
    expect(() => keep(1)).toThrow('it would hold more than')
  })
})
