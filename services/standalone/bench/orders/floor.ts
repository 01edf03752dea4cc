import { setTimeout as wait } from 'node:timers/promises'
import type { mongo } from 'mongoose'

/*
 * The floor: the unmodified driver writes what one order wrote, in one transaction, and does nothing else. What that is, is read
 * from an order that the platform has taken: its documents are written again under other ids, with the same sizes.
 */
type Stored = { readonly _id: string; readonly [field: string]: unknown }
type Model = mongo.AnyClientBulkWriteModel<mongo.Document>

type Written = {
  readonly mark: Stored
  readonly events: readonly Stored[]
  /** New ones, and those that were there and have changed: their fields that an order changes. */
  readonly made: readonly { readonly collection: string; readonly document: Stored }[]
  readonly changed: readonly {
    readonly collection: string
    readonly document: Stored
    readonly change: mongo.Document
  }[]
}

const HOT: Readonly<Record<string, readonly string[]>> = {
  stockItems: ['reserved', 'version', 'chain'],
  exposures: ['amount', 'version', 'chain'],
}
const MADE = ['orders', 'receivables', 'ledgerLines']

/** What the command of this key wrote. */
export const writtenBy = async (client: mongo.MongoClient, key: string): Promise<Written> => {
  const db = client.db('orders')
  const events = await db.collection<Stored>('events').find({ correlationId: key }).toArray()
  const ids = [...new Set(events.map(({ aggregateId }) => String(aggregateId)))]
  const found = async (collection: string) =>
    (
      await db
        .collection<Stored>(collection)
        .find({ _id: { $in: ids } })
        .toArray()
    ).map((document) => ({ collection, document }))
  const mark = await db.collection<Stored>('command_marks').findOne({ _id: { $regex: `${key}$` } })
  if (!mark || events.length === 0) throw new Error('there is no order to take the floor from')
  const hot = (await Promise.all(Object.keys(HOT).map(found))).flat()
  return {
    mark,
    events,
    made: (await Promise.all(MADE.map(found))).flat(),
    changed: hot.map(({ collection, document }) => ({
      collection,
      document,
      change: Object.fromEntries((HOT[collection] ?? []).map((field) => [field, document[field]])),
    })),
  }
}

/** How many sets of hot documents there are: writers beside each other meet as seldom as orders do. */
const LANES = 500
const INDEXES = {
  events: { aggregateId: 1, version: 1 },
  orders: { companyId: 1, customerId: 1, _id: -1 },
  command_marks: { at: 1 },
} as const

export const openFloor = async (client: mongo.MongoClient, written: Written) => {
  const db = client.db('floor')
  for (const [collection, key] of Object.entries(INDEXES)) await db.collection(collection).createIndex(key)
  for (const name of ['outbox', ...MADE]) await db.createCollection(name).catch(() => undefined)
  const laneId = (lane: number, { _id }: Stored): string => `${lane}/${_id}`
  for (const { collection, document } of written.changed) {
    const copies = Array.from({ length: LANES }, (_, lane) => ({
      ...document,
      _id: laneId(lane, document),
      version: 0,
    }))
    await db.collection<Stored>(collection).insertMany(copies)
  }
  let turn = 0
  const models = (): readonly Model[] => {
    const lane = turn++ % LANES
    const insert = (collection: string, document: mongo.Document): Model => {
      return { namespace: `floor.${collection}`, name: 'insertOne', document }
    }
    const fresh = (document: Stored): Stored => ({ ...document, _id: crypto.randomUUID() })
    const events = written.events.map((event) => ({
      ...fresh(event),
      aggregateId: `${turn}/${String(event.aggregateId)}`,
    }))
    const [first, ...others] = events
    return [
      insert('command_marks', fresh(written.mark)),
      ...written.made.map(({ collection, document }) => insert(collection, fresh(document))),
      ...written.changed.map(({ collection, document, change }): Model => {
        const filter: mongo.Document = { _id: laneId(lane, document) }
        return { namespace: `floor.${collection}`, name: 'updateOne', filter, update: { $set: change } }
      }),
      ...events.map((event) => insert('events', event)),
      insert('outbox', { _id: first?._id, at: new Date(), others: others.map(({ _id }) => _id) }),
    ]
  }
  return { documents: models().length, write: () => writeOnce(client, models) }
}

const RETRY_MS = 1

/** One transaction, again where it met another. */
const writeOnce = async (client: mongo.MongoClient, models: () => readonly Model[]): Promise<void> => {
  const session = client.startSession()
  try {
    for (let left = 10; ; left--) {
      session.startTransaction({ readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } })
      try {
        await client.bulkWrite(models(), { session, ordered: true })
        await session.commitTransaction()
        return
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction()
        if (left === 0) throw error
        await wait(RETRY_MS)
      }
    }
  } finally {
    await session.endSession()
  }
}
