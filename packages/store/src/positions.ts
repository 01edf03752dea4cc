import type { mongo } from 'mongoose'
import type { Checkpoint, Seal, StoredEvent } from './event-log-port.ts'
import { mayBeTriedAgain, Overtaken } from './faults.ts'
import { pause } from './pause.ts'
import { NOTHING, type PositionMark, positionWrites, type StoredCheckpoint } from './position-writes.ts'
import { type Row, storedEvent } from './rows.ts'
import { bytesOf } from './values.ts'

const ATTEMPTS = 9

export type Positions = {
  readonly unsent: (limit: number) => Promise<readonly StoredEvent[]>
  readonly checkpoints: (afterNumber: number, limit: number) => Promise<readonly Checkpoint[]>
  /** The last checkpoint, as the numbering remembers it. */
  readonly last: () => Promise<{ readonly number: number; readonly hash: string }>
}

type Parts = {
  readonly client: mongo.MongoClient
  readonly events: mongo.Collection<Row>
  readonly marks: mongo.Collection<PositionMark>
  readonly seals: mongo.Collection<StoredCheckpoint>
  readonly source: string
  readonly seal?: Seal
}

/** One snapshot: what it holds of an aggregate has no hole before it, for ids rise along its versions. */
const number = async (parts: Parts, session: mongo.ClientSession, limit: number): Promise<readonly StoredEvent[]> => {
  const { client, events, marks, seals, source, seal } = parts
  const rows = await events
    .find({ pending: { $gt: '' } }, { session })
    .sort({ pending: 1 })
    .limit(limit)
    .toArray()
  const fresh = rows.filter(({ position }) => position === undefined)
  const given = new Map(rows.map(({ _id, position }) => [_id, position ?? 0]))
  if (fresh.length > 0) {
    const before = (await marks.findOne({ _id: 'positions' }, { session })) ?? NOTHING
    const names = { events: events.namespace, marks: marks.namespace, seals: seals.namespace }
    const writes = positionWrites(names, before, fresh, seal)
    const { matchedCount } = await client.bulkWrite(writes, { session, ordered: true })
    if (matchedCount !== writes.filter(({ name }) => name === 'updateOne').length) throw new Overtaken('positions')
    for (const [index, { _id }] of fresh.entries()) given.set(_id, before.last + 1 + index)
  }
  return rows
    .map((row) => storedEvent(row, source, given.get(row._id) ?? 0))
    .toSorted((left, right) => Number(left.position - right.position))
}

const numberOnce = async (parts: Parts, limit: number): Promise<readonly StoredEvent[]> => {
  const session = parts.client.startSession()
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } })
    const batch = await number(parts, session, limit)
    await session.commitTransaction()
    return batch
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction()
    throw error
  } finally {
    await session.endSession()
  }
}

/** Numbers the log densely as it is published, and seals each span that was numbered together. */
export const createPositions = (parts: Parts): Positions => ({
  async unsent(limit) {
    for (let tried = 1; ; tried++) {
      try {
        return await numberOnce(parts, limit)
      } catch (error) {
        if (!mayBeTriedAgain(error) || tried === ATTEMPTS) throw error
        await pause(tried)
      }
    }
  },
  last: async () => (await parts.marks.findOne({ _id: 'positions' })) ?? NOTHING,
  async checkpoints(afterNumber, limit) {
    const found = await parts.seals
      .find({ _id: { $gt: afterNumber } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray()
    return found.map(({ _id, signature, ...rest }) => ({
      ...rest,
      number: _id,
      signature: bytesOf(signature) ?? new Uint8Array(),
    }))
  },
})
