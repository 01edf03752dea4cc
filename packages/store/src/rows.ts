import { hash } from 'node:crypto'
import { type DescMessage, type Message, toBinary } from '@bufbuild/protobuf'
import { type Cause, newId } from '@saleswright/kernel'
import type { AuditEntry, Envelope, FieldChange, StoredEvent } from './event-log-port.ts'
import type { RecordState } from './record-state.ts'
import { bytesOf, canonical, type Doc, same } from './values.ts'

type Diff = Readonly<Record<string, FieldChange>>

/** An event as it is stored, once and for ever: what becomes of it is written elsewhere. */
export type Row = {
  readonly _id: string
  readonly type: string
  /** The name of the mapping. */
  readonly record: string
  readonly companyId: string
  readonly aggregateId: string
  readonly version: number
  readonly at: Date
  readonly actor: string
  readonly correlationId: string
  readonly traceparent?: string
  readonly data: Uint8Array
  readonly diff?: Diff
  /** With the last event of a decision: what the record was then. */
  readonly state?: RecordState
  /** The hash of the aggregate's event before this one; '' of the first. */
  readonly prevHash: string
  readonly hash: string
}

/** sha256 over the hash before, the number in the chain, and everything that is told. */
export const hashOf = (row: Omit<Row, 'hash'>, previous: string, version: number): string => {
  const { _id, type, record, companyId, aggregateId, at, actor, correlationId, traceparent, data, diff, state } = row
  const facts = [_id, type, record, companyId, aggregateId, at, actor, correlationId, traceparent, data, diff]
  // Events from before states were kept have the hashes that they had.
  const entry = state ? [...facts, state] : facts
  return hash('sha256', `${previous}\n${version}\n${canonical(entry)}`, 'base64url')
}

/** An id above another one: where the clock of this process stands behind, the next number is taken. */
const idAfter = (last: string | undefined, fresh = newId()): string => {
  if (last === undefined || fresh > last) return fresh
  const next = (BigInt(`0x${last.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0')
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The fields that differ, with their values before and after, but for sensitive ones. */
export const diffOf = (before: Doc, after: Doc, fields: readonly string[], sensitive: ReadonlySet<string>): Diff =>
  Object.fromEntries(
    fields
      .filter((field) => !same(before[field], after[field]))
      .map((field) => [field, sensitive.has(field) ? {} : changeOf(before[field], after[field])]),
  )

const changeOf = (from: unknown, to: unknown): FieldChange => ({
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
})

type Chain = { readonly hash: string; readonly eventId: string }

type Told = {
  readonly record: string
  readonly companyId: string
  readonly aggregateId: string
  /** Of the record before these events. */
  readonly version: number
  readonly chain: Chain | undefined
  readonly diff: Diff | undefined
  /** Of the record after these events. */
  readonly state: RecordState
}

/** The rows for the events of one decision, each chained to the one before; the diff goes with the first, the state with the last. */
export const rowsOf = (
  cause: Cause,
  { record, companyId, aggregateId, version, chain, diff, state }: Told,
  events: readonly Message[],
  describe: (typeName: string) => DescMessage,
): readonly Row[] => {
  const rows: Row[] = []
  for (const [index, event] of events.entries()) {
    const before: Chain | undefined = rows.length
      ? { hash: rows.at(-1)?.hash ?? '', eventId: rows.at(-1)?._id ?? '' }
      : chain
    const _id = idAfter(before?.eventId)
    const row = {
      _id,
      type: event.$typeName,
      record,
      companyId,
      aggregateId,
      version: version + index + 1,
      at: cause.at,
      actor: cause.actor.id,
      correlationId: cause.correlationId,
      ...(cause.traceparent !== undefined && { traceparent: cause.traceparent }),
      data: toBinary(describe(event.$typeName), event),
      ...(index === 0 && diff && Object.keys(diff).length > 0 && { diff }),
      ...(index === events.length - 1 && { state }),
      prevHash: before?.hash ?? '',
    }
    rows.push({ ...row, hash: hashOf(row, row.prevHash, row.version) })
  }
  return rows
}

const envelopeOf = (row: Row, source: string): Envelope => ({
  eventId: row._id,
  type: row.type,
  source,
  companyId: row.companyId,
  aggregateId: row.aggregateId,
  aggregateVersion: row.version,
  recordedAt: row.at,
  actorId: row.actor,
  correlationId: row.correlationId,
  ...(row.traceparent !== undefined && { traceparent: row.traceparent }),
})

const dataOf = (row: Row): Uint8Array => bytesOf(row.data) ?? new Uint8Array()

export const unnumberedEvent = (row: Row, source: string): Omit<StoredEvent, 'position'> => ({
  ...envelopeOf(row, source),
  data: dataOf(row),
})

export const storedEvent = (row: Row, source: string, position: number): StoredEvent => ({
  ...unnumberedEvent(row, source),
  position: BigInt(position),
})

export const auditEntry = (row: Row, source: string): AuditEntry => ({
  ...envelopeOf(row, source),
  record: row.record,
  data: dataOf(row),
  diff: row.diff ?? {},
})
