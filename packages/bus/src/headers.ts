import { derivedId } from '@saleswright/kernel'
import type { Arrived, Message } from './bus.ts'
import { contextOf, type Received, type StoredEvent } from './event.ts'

/** A message that is no event of ours: its headers lack something or say what cannot be. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

type CloudEvent = {
  readonly id: string
  /** Full name of the protobuf message. */
  readonly type: string
  readonly source: string
  readonly subject: string
  readonly time: Date
}

/** The CloudEvents 1.0 binding for Kafka in binary mode. */
export const cloudEvent = ({ id, type, source, subject, time }: CloudEvent): Message['headers'] => ({
  ce_specversion: '1.0',
  ce_id: id,
  ce_type: type,
  ce_source: source,
  ce_subject: subject,
  ce_time: time.toISOString(),
  ce_dataschema: `saleswright:${type}`,
  'content-type': 'application/protobuf',
})

/**
 * An event as a cloud event, and what that has no attribute for: among it the position of the event before it in its partition,
 * by which a reader knows that nothing was lost between the two.
 */
export const messageOf = ({ data, ...event }: StoredEvent, previous: bigint): Message => ({
  key: event.aggregateId,
  value: data,
  headers: {
    ...cloudEvent({
      id: event.eventId,
      type: event.type,
      source: event.source,
      subject: event.aggregateId,
      time: event.recordedAt,
    }),
    aggregate_version: String(event.aggregateVersion),
    company_id: event.companyId,
    position: String(event.position),
    previous_position: String(previous),
    correlation_id: event.correlationId,
    actor: event.actorId,
    ...(event.traceparent && { traceparent: event.traceparent }),
  },
})

const POSITION = /^\d{1,18}$/

const textOf = ({ header }: Arrived, name: string): string => {
  const value = header(name)
  if (!value) throw new Unreadable(`the header ${name} is missing`)
  return value
}

const countOf = (message: Arrived, name: string): bigint => {
  const value = textOf(message, name)
  if (!POSITION.test(value)) throw new Unreadable(`the header ${name} is not a number`)
  return BigInt(value)
}

const timeOf = (message: Arrived, name: string): Date => {
  const time = new Date(textOf(message, name))
  if (Number.isNaN(time.getTime())) throw new Unreadable(`the header ${name} is not a time`)
  return time
}

/** The type of the event in a message, and nothing else of it; '' when it says none. */
export const typeOf = ({ header }: Arrived): string => header('ce_type') ?? ''

/** The position of a message and that of the one before it in its partition; undefined for what no relay published. */
export const linkOf = ({ header }: Arrived): { readonly position: bigint; readonly previous: bigint } | undefined => {
  const [position = '', previous = ''] = [header('position'), header('previous_position')]
  if (!POSITION.test(position) || !POSITION.test(previous)) return undefined
  return { position: BigInt(position), previous: BigInt(previous) }
}

/** The event in a message; throws `Unreadable`. */
export const eventOf = (message: Arrived): Received => {
  const { topic, partition, offset, value: data, header } = message
  if (textOf(message, 'ce_specversion') !== '1.0') throw new Unreadable('the header ce_specversion is not 1.0')
  const traceparent = header('traceparent')
  return {
    eventId: textOf(message, 'ce_id'),
    type: textOf(message, 'ce_type'),
    source: textOf(message, 'ce_source'),
    companyId: textOf(message, 'company_id'),
    aggregateId: textOf(message, 'ce_subject'),
    aggregateVersion: Number(countOf(message, 'aggregate_version')),
    recordedAt: timeOf(message, 'ce_time'),
    actorId: header('actor') ?? '',
    correlationId: header('correlation_id') ?? '',
    position: countOf(message, 'position'),
    topic,
    partition,
    offset,
    data,
    ...(traceparent && { traceparent }),
  }
}

/** What is known of a message that cannot be read, so that it can be put aside: its bytes, its key and where it came from. */
export const unreadableEvent = ({ topic, partition, offset, key, value: data, header }: Arrived): Received => ({
  eventId: derivedId(topic, String(partition), String(offset)),
  type: header('ce_type') ?? '',
  source: contextOf(topic),
  companyId: header('company_id') ?? '',
  aggregateId: key,
  aggregateVersion: 0,
  recordedAt: new Date(0),
  actorId: header('actor') ?? '',
  correlationId: header('correlation_id') ?? '',
  position: 0n,
  topic,
  partition,
  offset,
  data,
})

/** Whether a message was put aside because it is no event: nothing can be done with it but to give it up. */
export const isUnreadable = ({ recordedAt, aggregateVersion }: Received): boolean =>
  recordedAt.getTime() === 0 && aggregateVersion === 0
