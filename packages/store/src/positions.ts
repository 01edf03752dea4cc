import { createHash } from 'node:crypto'
import type { mongo } from 'mongoose'
import type { Checkpoint, Seal, StoredEvent } from './event-log-port.ts'
import { mayBeTriedAgain, Overtaken } from './faults.ts'
import { pause } from './pause.ts'
import { type Row, storedEvent } from './rows.ts'
import type { Write } from './staging.ts'
import { bytesOf } from './values.ts'

/** How far the log is numbered and sealed: one document per service. */
export type PositionMark = {
  readonly _id: 'positions'
  readonly last: number
  readonly number: number
  readonly hash: string
}
type StoredCheckpoint = Omit<Checkpoint, 'number'> & { readonly _id: number }

const NOTHING: PositionMark = { _id: 'positions', last: 0, number: 0, hash: '' }
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

/** What a checkpoint's signature stands for. */
export const checkpointHash = (checkpoint: Omit<Checkpoint, 'hash' | 'signature' | 'keyId' | 'at'>): string => {
  const { number, fromPosition, toPosition, previous, events } = checkpoint
  return createHash('sha256')
    .update([previous, number, fromPosition, toPosition, ...events].join('\n'))
    .digest('base64url')
}

const sealed = ({ keyId, sign }: Seal, before: PositionMark, rows: readonly Row[]): Checkpoint => {
  const content = {
    number: before.number + 1,
    fromPosition: before.last + 1,
    toPosition: before.last + rows.length,
    events: rows.map(({ hash }) => hash),
    previous: before.hash,
  }
  const hash = checkpointHash(content)
  return { ...content, hash, keyId, signature: sign(Buffer.from(hash)), at: new Date() }
}

/** Numbers the log densely as it is published, and seals each span that was numbered together. */
export const createPositions = ({ client, events, marks, seals, source, seal }: Parts): Positions => {
  const writes = (before: PositionMark, rows: readonly Row[]): readonly Write[] => {
    const checkpoint = seal && sealed(seal, before, rows)
    const after: PositionMark = {
      ...before,
      last: before.last + rows.length,
      ...(checkpoint && { number: checkpoint.number, hash: checkpoint.hash }),
    }
    const { namespace } = marks
    const filter: mongo.Document = { _id: before._id, last: before.last }
    const { number: _id, ...rest } = checkpoint ?? { number: 0 }
    return [
      before === NOTHING
        ? { namespace, name: 'insertOne', document: after as mongo.Document }
        : { namespace, name: 'updateOne', filter, update: { $set: { ...after } } },
      ...rows.map(
        (row, index): Write => ({
          namespace: events.namespace,
          name: 'updateOne',
          filter: { _id: row._id } as mongo.Document,
          update: { $set: { position: before.last + 1 + index } },
        }),
      ),
      ...(checkpoint
        ? [{ namespace: seals.namespace, name: 'insertOne' as const, document: { _id, ...rest } as mongo.Document }]
        : []),
    ]
  }

  /** One snapshot: what it holds of an aggregate has no hole before it, for ids rise along its versions. */
  const number = async (session: mongo.ClientSession, limit: number): Promise<readonly StoredEvent[]> => {
    const rows = await events
      .find({ pending: { $gt: '' } }, { session })
      .sort({ pending: 1 })
      .limit(limit)
      .toArray()
    const fresh = rows.filter(({ position }) => position === undefined)
    const given = new Map(rows.map(({ _id, position }) => [_id, position ?? 0]))
    if (fresh.length > 0) {
      const before = (await marks.findOne({ _id: 'positions' }, { session })) ?? NOTHING
      const { matchedCount } = await client.bulkWrite(writes(before, fresh), { session, ordered: true })
      if (matchedCount !== fresh.length + (before === NOTHING ? 0 : 1)) throw new Overtaken('positions')
      for (const [index, { _id }] of fresh.entries()) given.set(_id, before.last + 1 + index)
    }
    return rows
      .map((row) => storedEvent(row, source, given.get(row._id) ?? 0))
      .toSorted((left, right) => Number(left.position - right.position))
  }

  return {
    async unsent(limit) {
      for (let tried = 1; ; tried++) {
        const session = client.startSession()
        try {
          session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } })
          const batch = await number(session, limit)
          await session.commitTransaction()
          return batch
        } catch (error) {
          if (session.inTransaction()) await session.abortTransaction()
          if (!mayBeTriedAgain(error) || tried === ATTEMPTS) throw error
          await pause(tried)
        } finally {
          await session.endSession()
        }
      }
    },
    last: async () => (await marks.findOne({ _id: 'positions' })) ?? NOTHING,
    async checkpoints(afterNumber, limit) {
      const found = await seals
        .find({ _id: { $gt: afterNumber } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return found.map(({ _id, ...rest }) => ({
        ...rest,
        number: _id,
        signature: bytesOf(rest.signature) ?? new Uint8Array(),
      }))
    },
  }
}
