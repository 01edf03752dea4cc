import { type Aggregate, companyScope } from '@saleswright/kernel'
import mongoose from 'mongoose'
import type { Received } from './inbox-port.ts'
import type { Fields, Mapping } from './mapping.ts'
import { bytesOf } from './values.ts'

/** The inbox belongs to the service, not to a company. */
export const OF_THE_SERVICE = companyScope('')
const OWN = { version: 0, companyId: '' } as const

const { Schema } = mongoose
const strict = { strict: 'throw', versionKey: false } as const

/** A partition as a group has read it. */
export type Place = Aggregate & { readonly next: number; readonly position: number }
export const placeId = (group: string, topic: string, partition: number): string => `${group}|${topic}|${partition}`
export const newPlace = (id: string): Place => ({ ...OWN, id, next: 0, position: 0 })

export const PLACES: Mapping<Place, Fields<Place>> = {
  name: 'consumer_offset',
  collection: 'consumer_offsets',
  schema: new Schema({ next: Number, position: Number }, strict),
  version: 1,
  document: ({ next, position }) => ({ next, position }),
  record: ({ next, position }) => ({ next, position }),
  reaches: [],
}

/** An event that a group has had, applied or parked, and that came behind later ones. */
export type Seen = Aggregate & { readonly at: Date }
export const seenId = (group: string, eventId: string): string => `${group}|${eventId}`
export const newSeen = (id: string, at: Date): Seen => ({ ...OWN, id, at })
export const newSeenBatch = (place: string, to: number, what: Pick<SeenBatch, 'from' | 'ids' | 'at'>): SeenBatch => ({
  ...OWN,
  id: batchId(place, to),
  ...what,
})

const KEPT_DAYS = 90
const DAY_SECONDS = 86_400

export const SEEN: Mapping<Seen, Fields<Seen>> = {
  name: 'inbox_event',
  collection: 'inbox',
  schema: new Schema({ at: Date }, strict).index({ at: 1 }, { expireAfterSeconds: KEPT_DAYS * DAY_SECONDS }),
  version: 1,
  document: ({ at }) => ({ at }),
  record: ({ at }) => ({ at }),
  reaches: [],
}

/** Events of one partition that a group has had together; `from` is the lowest of their positions, the highest is in the id. */
export type SeenBatch = Aggregate & { readonly from: number; readonly ids: readonly string[]; readonly at: Date }

const DIGITS = 16
/** The ids of one place rise with the positions. */
export const batchId = (place: string, to: number): string => `${place}|${String(to).padStart(DIGITS, '0')}`

export const BATCHES: Mapping<SeenBatch, Fields<SeenBatch>> = {
  name: 'inbox_batch',
  collection: 'inbox_batches',
  schema: new Schema({ from: Number, ids: [String], at: Date }, strict).index(
    { at: 1 },
    { expireAfterSeconds: KEPT_DAYS * DAY_SECONDS },
  ),
  version: 1,
  document: ({ from, ids, at }) => ({ from, ids, at }),
  record: ({ from, ids, at }) => ({ from, ids, at }),
  reaches: [],
}

/** Everything under a prefix that ends in a bar, by the ids. */
export const under = (prefix: string): { readonly $gte: string; readonly $lt: string } => ({
  $gte: `${prefix}|`,
  $lt: `${prefix}}`,
})

/** An aggregate of another service with parked events: whoever parks or takes one writes it, so that none is left behind. */
export type Blocked = Aggregate & { readonly waiting: number }
export const blockedId = (group: string, aggregateId: string): string => `${group}|${aggregateId}`
export const newBlocked = (id: string): Blocked => ({ ...OWN, id, waiting: 0 })

export const BLOCKED: Mapping<Blocked, Fields<Blocked>> = {
  name: 'parked_key',
  collection: 'parked_keys',
  schema: new Schema({ waiting: Number }, strict),
  version: 1,
  document: ({ waiting }) => ({ waiting }),
  record: ({ waiting }) => ({ waiting }),
  reaches: [],
}

export type Waiting = Aggregate & {
  readonly group: string
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly reason: string
  readonly parkedAt: Date
  readonly event: Received
}
type WaitingDocument = Omit<Fields<Waiting>, 'event'> & {
  readonly event: Omit<Received, 'position' | 'offset'> & { readonly position: number; readonly offset: number }
}

export const newWaiting = (group: string, event: Received, reason: string, parkedAt: Date): Waiting => {
  const { eventId, aggregateId, aggregateVersion } = event
  return { ...OWN, id: seenId(group, eventId), group, aggregateId, aggregateVersion, reason, parkedAt, event }
}

export const WAITING: Mapping<Waiting, WaitingDocument> = {
  name: 'parked_event',
  collection: 'parked_events',
  schema: new Schema(
    { group: String, aggregateId: String, aggregateVersion: Number, reason: String, parkedAt: Date, event: Object },
    strict,
  ).index({ group: 1, aggregateId: 1, aggregateVersion: 1 }),
  version: 1,
  document: ({ group, aggregateId, aggregateVersion, reason, parkedAt, event }) => ({
    group,
    aggregateId,
    aggregateVersion,
    reason,
    parkedAt,
    event: { ...received(event), position: Number(event.position), offset: Number(event.offset) },
  }),
  record: ({ group, aggregateId, aggregateVersion, reason, parkedAt, event }) => ({
    group,
    aggregateId,
    aggregateVersion,
    reason,
    parkedAt,
    event: {
      ...event,
      data: bytesOf(event.data) ?? new Uint8Array(),
      position: BigInt(event.position),
      offset: BigInt(event.offset),
    },
  }),
  reaches: [],
}

/** What is known of an event and no more: the bus may hand over objects that hold other things beside. */
const received = (event: Received): Received => ({
  eventId: event.eventId,
  type: event.type,
  source: event.source,
  companyId: event.companyId,
  aggregateId: event.aggregateId,
  aggregateVersion: event.aggregateVersion,
  recordedAt: event.recordedAt,
  actorId: event.actorId,
  correlationId: event.correlationId,
  ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
  data: event.data,
  topic: event.topic,
  partition: event.partition,
  offset: event.offset,
  position: event.position,
})
