import { conflict, maskedMessage } from '@saleswright/kernel'
import type { Arrived, Log } from './bus.ts'
import type { Received } from './event.ts'
import { eventOf, isUnreadable, typeOf, Unreadable, unreadableEvent } from './headers.ts'
import type { Apply, Inbox } from './ports.ts'
import type { Handler } from './reaction.ts'
import { isTransient } from './transient.ts'

/** What one group does with events. */
export type Applying = {
  readonly group: string
  readonly inbox: Inbox
  readonly handlers: ReadonlyMap<string, readonly Handler[]>
  readonly log: Log
  readonly parked: (event: Received, reason: string) => void
  /** Called before the transaction of a batch, before each of its events, and after it: tests stop here. */
  readonly failPoint?: ConsumerFailPoint | undefined
}

export type ConsumerFailPoint = (name: `consumer.${'received' | 'applying' | 'applied'}`) => Promise<void>

export const handlersByType = (handlers: readonly Handler[]): ReadonlyMap<string, readonly Handler[]> =>
  Map.groupBy(handlers, ({ schema }) => schema.typeName)

const applyWith =
  (handlers: Applying['handlers']): Apply =>
  async (tx, event) => {
    for (const { read } of handlers.get(event.type) ?? []) await read(event.data)({ envelope: event, tx })
  }

/** As it is done again with what was put aside; `parked_event_unreadable` for what never was an event. */
export const applyAgain = (handlers: Applying['handlers']): Apply => {
  const apply = applyWith(handlers)
  return async (tx, event) => {
    if (isUnreadable(event)) throw conflict('parked_event_unreadable', { id: event.eventId })
    await apply(tx, event)
  }
}

const park = async ({ group, inbox, log, parked }: Applying, event: Received, error: unknown): Promise<void> => {
  const { eventId, type, aggregateId, topic, partition, offset } = event
  const where = { group, eventId, type, aggregateId, topic, partition, offset: String(offset) }
  log.error(
    { ...where, err: error },
    'an event could not be applied: it is parked, and later ones of its aggregate behind it',
  )
  const reason = maskedMessage(error)
  await inbox.park(group, event, reason)
  parked(event, reason)
}

/** All in one transaction; when that fails for a reason that does not heal, each alone, so that the faulty one is found. */
export const applyTogether = async (applying: Applying, events: readonly Received[]): Promise<void> => {
  const [first] = events
  if (!first) return
  const { group, inbox, handlers, failPoint } = applying
  const apply = applyWith(handlers)
  await failPoint?.('consumer.received')
  try {
    await inbox.applyBatch(group, first.topic, first.partition, events, async (tx, event) => {
      await failPoint?.('consumer.applying')
      await apply(tx, event)
    })
  } catch (error) {
    if (isTransient(error)) throw error
    if (events.length === 1) await park(applying, first, error)
    else for (const event of events) await applyTogether(applying, [event])
  }
  await failPoint?.('consumer.applied')
}

const readableOf = (message: Arrived): Received | Unreadable => {
  try {
    return eventOf(message)
  } catch (error) {
    if (error instanceof Unreadable) return error
    throw error
  }
}

/** Applies what there are handlers for, in order, and parks what is no event. Gives the offset behind the last that was stored. */
export const applyMessages = async (applying: Applying, messages: readonly Arrived[]): Promise<bigint | undefined> => {
  let stored: bigint | undefined
  let together: Received[] = []
  const flush = async (): Promise<void> => {
    await applyTogether(applying, together)
    stored = together.at(-1)?.offset ?? stored
    together = []
  }
  for (const message of messages) {
    const type = typeOf(message)
    if (type && !applying.handlers.has(type)) continue
    const event = readableOf(message)
    if (event instanceof Unreadable) {
      await flush()
      await park(applying, unreadableEvent(message), event)
      stored = message.offset
    } else together.push(event)
  }
  await flush()
  return stored === undefined ? undefined : stored + 1n
}
