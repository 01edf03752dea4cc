import { createHash } from 'node:crypto'
import type { mongo } from 'mongoose'
import type { Checkpoint, Seal } from './event-log-port.ts'
import type { OutboxEntry } from './outbox.ts'
import type { Row } from './rows.ts'
import type { Write } from './staging.ts'

/** How far the log is numbered and sealed. */
export type PositionMark = {
  readonly _id: 'positions'
  readonly last: number
  readonly number: number
  readonly hash: string
}
/** How far it is published: everything up to there was, by whichever relay. */
export type PublishedMark = {
  readonly _id: 'published'
  readonly last: number
  /** By the number of the partition. */
  readonly ends?: Readonly<Record<string, number>>
}
export type StoredCheckpoint = Omit<Checkpoint, 'number'> & { readonly _id: number }

export const NOTHING: PositionMark = { _id: 'positions', last: 0, number: 0, hash: '' }

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

type Namespaces = Readonly<Record<'outbox' | 'batches' | 'marks' | 'seals', string>>

const insert = (namespace: string, document: mongo.Document): Write => ({ namespace, name: 'insertOne', document })

const markWrite = (namespace: string, before: PositionMark, after: PositionMark): Write => {
  if (before === NOTHING) return insert(namespace, after)
  const filter: mongo.Document = { _id: before._id, last: before.last }
  return { namespace, name: 'updateOne', filter, update: { $set: after } }
}

const checkpointWrite = (namespace: string, { number, ...rest }: Checkpoint): Write =>
  insert(namespace, { _id: number, ...rest })

/**
 * Takes these entries out of the outbox, numbers their events behind what is numbered already, and seals them together. The
 * update must find its document and the deletion every entry: else another relay was faster.
 */
export const positionWrites = (
  { outbox, batches, marks, seals }: Namespaces,
  before: PositionMark,
  { entries, rows }: { readonly entries: readonly OutboxEntry[]; readonly rows: readonly Row[] },
  seal: Seal | undefined,
): readonly Write[] => {
  const checkpoint = seal && sealed(seal, before, rows)
  const last = before.last + rows.length
  const { number, hash } = checkpoint ?? before
  const filter: mongo.Document = { _id: { $in: entries.map(({ _id }) => _id) } }
  return [
    markWrite(marks, before, { _id: before._id, last, number, hash }),
    insert(batches, { _id: last, ids: rows.map(({ _id }) => _id) }),
    ...(checkpoint ? [checkpointWrite(seals, checkpoint)] : []),
    { namespace: outbox, name: 'deleteMany', filter },
  ]
}
