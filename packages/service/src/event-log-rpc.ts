import type { MessageInitShape } from '@bufbuild/protobuf'
import type { StoredEvent } from '@saleswright/bus'
import { dateOf, instant } from '@saleswright/contracts'
import {
  EventLogService,
  type StoredEvent as StoredEventMessage,
  type StoredEventSchema,
} from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { notFound } from '@saleswright/kernel'
import { type Bound, bind, type Client } from '@saleswright/rpc'
import type { EventLog } from '@saleswright/store'
import { watchEvents } from './watch-events.ts'

/** What one hosted service answers for. */
export type Facts = {
  readonly eventLog: Pick<EventLog, 'read' | 'published' | 'committedSince' | 'onCommit'>
  readonly wakeRelay: () => void
}

/** The facts of every service of a host, for catching up and rebuilding; `context_not_found` for one that is not hosted here. */
export const eventLogRpc = (factsOf: (context: string) => Facts | undefined): Bound => {
  const of = (context: string): Facts => {
    const facts = factsOf(context)
    if (!facts) throw notFound('context', context)
    return facts
  }
  return bind(EventLogService, {
    readEvents: async ({ context, afterPosition, limit }) => ({
      events: (await of(context).eventLog.read(afterPosition, limit)).map(messageOf),
    }),
    async getPublished({ context }) {
      const { numbered, sent, ends } = await of(context).eventLog.published()
      return { numbered, sent, ends: Object.fromEntries(ends) }
    },
    async watchEvents({ context, type, cursor }, { signal }) {
      const news = await watchEvents(of(context).eventLog, { type, cursor, signal })
      return { events: news.events.map((event) => messageOf({ ...event, position: 0n })), cursor: news.cursor }
    },
    wakeRelay: async ({ context }) => {
      of(context).wakeRelay()
      return {}
    },
  })
}

const messageOf = (event: StoredEvent): MessageInitShape<typeof StoredEventSchema> => {
  const { recordedAt, aggregateVersion, ...rest } = event
  return { ...rest, aggregateVersion: BigInt(aggregateVersion), recordedAt: instant(recordedAt) }
}

/** The log of another service, read over RPC. */
export const remoteLog = (
  client: Client<typeof EventLogService>,
  context: string,
): Pick<EventLog, 'read' | 'published'> => ({
  async read(afterPosition, limit) {
    const { events } = await client.readEvents({ context, afterPosition, limit })
    return events.map(eventOf)
  },
  async published() {
    const { numbered, sent, ends } = await client.getPublished({ context })
    return { numbered, sent, ends: new Map(Object.entries(ends).map(([partition, end]) => [Number(partition), end])) }
  },
})

const eventOf = (event: StoredEventMessage): StoredEvent => ({
  eventId: event.eventId,
  type: event.type,
  source: event.source,
  companyId: event.companyId,
  aggregateId: event.aggregateId,
  aggregateVersion: Number(event.aggregateVersion),
  recordedAt: dateOf(event.recordedAt) ?? new Date(0),
  actorId: event.actorId,
  correlationId: event.correlationId,
  position: event.position,
  data: event.data,
  ...(event.traceparent && { traceparent: event.traceparent }),
})
