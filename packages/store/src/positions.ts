import type { mongo } from 'mongoose'
import type { Checkpoint, Ends, EventLog, Seal, StoredEvent } from './event-log-port.ts'
import { isDuplicate, mayBeTriedAgain, Overtaken } from './faults.ts'
import type { Numbered } from './numbered.ts'
import { eventsOf, type OutboxEntry, upTo } from './outbox.ts'
import { pause } from './pause.ts'
import {
  NOTHING,
  type PositionMark,
  type PublishedMark,
  positionWrites,
  type StoredCheckpoint,
} from './position-writes.ts'
import { type Row, storedEvent } from './rows.ts'
import { bytesOf } from './values.ts'

const ATTEMPTS = 9

export type Positions = Pick<
  EventLog,
  'unsent' | 'markSent' | 'published' | 'oldestUnsentAt' | 'checkpoints' | 'newestCheckpoint'
> & {
  /** The last checkpoint, as the numbering remembers it. */
  readonly last: () => Promise<{ readonly number: number; readonly hash: string }>
}

type Parts = {
  readonly client: mongo.MongoClient
  readonly events: mongo.Collection<Row>
  readonly outbox: mongo.Collection<OutboxEntry>
  readonly batches: string
  readonly marks: mongo.Collection<PositionMark | PublishedMark>
  readonly seals: mongo.Collection<StoredCheckpoint>
  readonly numbered: Numbered
  readonly source: string
  readonly seal?: Seal
}

type Marks = { readonly positions: PositionMark; readonly published: number; readonly ends: Ends }

const readMarks = async (marks: Parts['marks']): Promise<Marks> => {
  const found = await marks.find({}).toArray()
  const published = found.find((mark): mark is PublishedMark => mark._id === 'published')
  return {
    positions: found.find((mark): mark is PositionMark => mark._id === 'positions') ?? NOTHING,
    published: published?.last ?? 0,
    ends: new Map(Object.entries(published?.ends ?? {}).map(([partition, end]) => [Number(partition), BigInt(end)])),
  }
}

/** In the order of the entries, and that of the versions within. */
const rowsOf = async (
  events: Parts['events'],
  entries: readonly OutboxEntry[],
  session: mongo.ClientSession,
): Promise<readonly Row[]> => {
  const ids = entries.flatMap(eventsOf)
  const found = await events.find({ _id: { $in: ids } }, { session, batchSize: ids.length }).toArray()
  const byId = new Map(found.map((row) => [row._id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (!row) throw new Error(`The event ${id} waits to be published but is not there`)
    return row
  })
}

/** One snapshot: what it holds of an aggregate has no hole before it, for ids rise along its versions. */
const number = async (
  { client, events, outbox, batches, marks, seals, source, seal }: Parts,
  session: mongo.ClientSession,
  before: PositionMark,
  limit: number,
): Promise<readonly StoredEvent[]> => {
  const waiting = await outbox.find({}, { session, batchSize: limit }).sort({ _id: 1 }).limit(limit).toArray()
  if (waiting.length === 0) return []
  const entries = upTo(waiting, limit)
  const rows = await rowsOf(events, entries, session)
  const names = { outbox: outbox.namespace, batches, marks: marks.namespace, seals: seals.namespace }
  const writes = positionWrites(names, before, { entries, rows }, seal)
  const { matchedCount, deletedCount } = await client.bulkWrite(writes, { session, ordered: true })
  const updates = writes.filter(({ name }) => name === 'updateOne').length
  if (matchedCount !== updates || deletedCount !== entries.length) throw new Overtaken('positions')
  return rows.map((row, index) => storedEvent(row, source, before.last + 1 + index))
}

const numberOnce = async (parts: Parts, before: PositionMark, limit: number): Promise<readonly StoredEvent[]> => {
  const session = parts.client.startSession()
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } })
    const batch = await number(parts, session, before, limit)
    await session.commitTransaction()
    return batch
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction()
    throw error
  } finally {
    await session.endSession()
  }
}

/** What was numbered and not published comes first: whoever numbered it may be gone. */
const unsentOnce = async (parts: Parts, limit: number, after: number): Promise<readonly StoredEvent[]> => {
  const [{ positions, published }, waiting] = await Promise.all([readMarks(parts.marks), parts.outbox.findOne({})])
  const behind = Math.max(published, after)
  if (behind < positions.last) return await parts.numbered.read(behind, limit)
  if (!waiting) return []
  return await numberOnce(parts, positions, limit)
}

const checkpointOf = ({ _id, signature, ...rest }: StoredCheckpoint): Checkpoint => ({
  ...rest,
  number: _id,
  signature: bytesOf(signature) ?? new Uint8Array(),
})

/** Numbers the log densely as it is published, seals each span that was numbered together, and knows how far it is published. */
export const createPositions = (parts: Parts): Positions => ({
  async unsent(limit, afterPosition = 0n) {
    for (let tried = 1; ; tried++) {
      try {
        return await unsentOnce(parts, limit, Number(afterPosition))
      } catch (error) {
        if (!(mayBeTriedAgain(error) || isDuplicate(error)) || tried === ATTEMPTS) throw error
        await pause(tried)
      }
    }
  },
  async markSent(sent, ends = new Map()) {
    const last = Math.max(0, ...sent.map(({ position }) => Number(position)))
    const most = [...ends].map(([partition, end]) => [`ends.${partition}`, Number(end)] as const)
    const raised = { last, ...Object.fromEntries(most) }
    if (last > 0) await parts.marks.updateOne({ _id: 'published' }, { $max: raised }, { upsert: true })
  },
  async published() {
    const { positions, published, ends } = await readMarks(parts.marks)
    return { numbered: BigInt(positions.last), sent: BigInt(published), ends }
  },
  async oldestUnsentAt() {
    // In this order: what leaves the outbox meanwhile is among the numbered.
    const [waiting] = await parts.outbox.find({}).sort({ _id: 1 }).limit(1).toArray()
    const { positions, published } = await readMarks(parts.marks)
    if (published >= positions.last) return waiting?.at
    const [oldest] = await parts.numbered.read(published, 1)
    return oldest?.recordedAt ?? waiting?.at
  },
  last: async () => (await readMarks(parts.marks)).positions,
  async checkpoints(afterNumber, limit) {
    const found = await parts.seals
      .find({ _id: { $gt: afterNumber } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray()
    return found.map(checkpointOf)
  },
  async newestCheckpoint() {
    const [newest] = await parts.seals.find({}).sort({ _id: -1 }).limit(1).toArray()
    return newest && checkpointOf(newest)
  },
})
