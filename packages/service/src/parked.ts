import type { EventConsumer } from '@saleswright/bus'
import { conflict, notFound } from '@saleswright/kernel'
import type { ParkedEvent, ParkedEvents } from '@saleswright/store'

/** An event that a reaction of a service could not apply, or that waits behind such a one of its aggregate. */
export type ParkedRow = {
  /** `<group>/<event id>` */
  readonly id: string
  readonly group: string
  readonly type: string
  readonly aggregateId: string
  readonly eventId: string
  /** Why it could not be applied; '' for one that waits behind another. */
  readonly reason: string
  readonly parkedAt: Date
  /** Whether it is the one that the others of its aggregate wait for. */
  readonly firstOfKey: boolean
}

/**
 * What operators of a company do with its parked events in one service; `parked_event_not_found` for an id that is another
 * company's or not there any more.
 */
export type ParkedOperations = {
  readonly list: (companyId: string) => Promise<readonly ParkedRow[]>
  /** Applies it and those behind it. `parked_event_not_first` for one that waits behind another; the fault goes up when it fails again. */
  readonly replay: (companyId: string, id: string) => Promise<ParkedRow>
  /** Gives it up for good. */
  readonly drop: (companyId: string, id: string) => Promise<ParkedRow>
}

export const parkedOperations = (
  parked: ParkedEvents,
  groups: ReadonlyMap<string, Pick<EventConsumer, 'replay'>>,
): ParkedOperations => {
  const find = async (companyId: string, id: string): Promise<ParkedRow> => {
    const group = id.slice(0, id.indexOf('/'))
    const rows = groups.has(group) ? rowsOf(await parked.listOf(companyId, group)) : []
    const row = rows.find((candidate) => candidate.id === id)
    if (!row) throw notFound('parked_event', id)
    return row
  }
  return {
    list: async (companyId) => {
      const found = await Promise.all([...groups.keys()].map((group) => parked.listOf(companyId, group)))
      return found.flatMap(rowsOf)
    },
    replay: async (companyId, id) => {
      const row = await find(companyId, id)
      if (!row.firstOfKey) throw conflict('parked_event_not_first', { id })
      await groups.get(row.group)?.replay(row.aggregateId)
      return row
    },
    drop: async (companyId, id) => {
      const row = await find(companyId, id)
      await parked.drop(row.group, row.eventId)
      return row
    },
  }
}

/** The rows of one group, which come in the order in which they would be applied. */
const rowsOf = (events: readonly ParkedEvent[]): readonly ParkedRow[] => {
  const seen = new Set<string>()
  return events.map(({ group, type, aggregateId, eventId, reason, parkedAt }) => {
    const firstOfKey = !seen.has(aggregateId)
    seen.add(aggregateId)
    return { id: `${group}/${eventId}`, group, type, aggregateId, eventId, reason, parkedAt, firstOfKey }
  })
}
