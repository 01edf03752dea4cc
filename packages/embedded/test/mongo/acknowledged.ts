import type { MongoClient } from 'mongodb'
import { expect } from 'vitest'

/** What clients were told. */
export interface Acknowledged {
  singles: string[]
  pairs: string[]
}

/** Inserts alone and pairs in a transaction, until the connection breaks; keeps only what was acknowledged. */
export const writeUntilBroken = async (
  client: MongoClient,
  name: string,
  acknowledged: Acknowledged,
): Promise<void> => {
  const db = client.db('crash')
  for (let n = 0; ; n++) {
    const id = `${name}-${n}`
    try {
      await db.collection<{ _id: string; k: string }>('singles').insertOne({ _id: id, k: `k-${id}` })
      acknowledged.singles.push(id)
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await db.collection<{ _id: string }>('left').insertOne({ _id: id }, { session })
          await db.collection<{ _id: string }>('right').insertOne({ _id: id }, { session })
          await db
            .collection<{ _id: string }>('totals')
            .updateOne({ _id: name }, { $inc: { n: 1 } }, { session, upsert: true })
        }),
      )
      acknowledged.pairs.push(id)
    } catch {
      return
    }
  }
}

const idsOf = async (client: MongoClient, collection: string): Promise<Set<string>> =>
  new Set((await client.db('crash').collection<{ _id: string }>(collection).find().toArray()).map(({ _id }) => _id))

/** All of it is there, and nothing is there by half. */
export const checkStored = async (client: MongoClient, { singles, pairs }: Acknowledged): Promise<void> => {
  const stored = await idsOf(client, 'singles')
  const left = await idsOf(client, 'left')
  expect(
    singles.filter((id) => !stored.has(id)),
    'lost inserts',
  ).toEqual([])
  expect(
    pairs.filter((id) => !left.has(id)),
    'lost transactions',
  ).toEqual([])
  expect([...(await idsOf(client, 'right'))].sort(), 'half a transaction').toEqual([...left].sort())
  const totals = await client.db('crash').collection('totals').find().toArray()
  expect(
    totals.reduce((sum, { n }) => sum + Number(n), 0),
    'counted with its pair',
  ).toBe(left.size)
  const byIndex = await client
    .db('crash')
    .collection('singles')
    .find({ k: { $gte: 'k' } })
    .hint('k_1')
    .toArray()
  expect(byIndex.length, 'index and documents agree').toBe(stored.size)
}
