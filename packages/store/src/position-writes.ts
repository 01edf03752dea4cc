import { createHash } from 'node:crypto'
import type { mongo } from 'mongoose'
import type { Checkpoint, Seal } from './event-log-port.ts'
import type { Row } from './rows.ts'
import type { Write } from './staging.ts'

/** How far the log is numbered and sealed: one document per service. */
export type PositionMark = {
  readonly _id: 'positions'
  readonly last: number
  readonly number: number
  readonly hash: string
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

type Namespaces = Readonly<Record<'events' | 'marks' | 'seals', string>>

const checkpointWrite = (namespace: string, { number, ...rest }: Checkpoint): Write => {
  const document: mongo.Document = { _id: number, ...rest }
  return { namespace, name: 'insertOne', document }
}

const positionWrite = (namespace: string, { _id }: Row, position: number): Write => {
  const filter: mongo.Document = { _id }
  return { namespace, name: 'updateOne', filter, update: { $set: { position } } }
}

/** Numbers these rows behind what is numbered already, and seals them together. Every update must find its document. */
export const positionWrites = (
  { events, marks, seals }: Namespaces,
  before: PositionMark,
  rows: readonly Row[],
  seal: Seal | undefined,
): readonly Write[] => {
  const checkpoint = seal && sealed(seal, before, rows)
  const after: mongo.Document = {
    ...before,
    last: before.last + rows.length,
    ...(checkpoint && { number: checkpoint.number, hash: checkpoint.hash }),
  }
  const filter: mongo.Document = { _id: before._id, last: before.last }
  return [
    before === NOTHING
      ? { namespace: marks, name: 'insertOne', document: after }
      : { namespace: marks, name: 'updateOne', filter, update: { $set: after } },
    ...rows.map((row, index) => positionWrite(events, row, before.last + 1 + index)),
    ...(checkpoint ? [checkpointWrite(seals, checkpoint)] : []),
  ]
}
