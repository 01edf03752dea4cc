import type { mongo } from 'mongoose'
import type { EventLog } from './event-log-port.ts'
import { asked } from './faults.ts'
import { badOrderBy, type Order } from './paging.ts'
import { readPage } from './read-page.ts'
import { auditEntry, type Row } from './rows.ts'

const NAMED = 'eventId'

/** A record's entries by their versions, which are unique in it; all others by their ids. Both rise with the time. */
const orderOf = (orderBy: string, ofOneRecord: boolean): Order => {
  if (!['', NAMED, `-${NAMED}`].includes(orderBy)) throw badOrderBy(orderBy, [NAMED])
  const rising = orderBy === '' ? ofOneRecord : orderBy === NAMED
  return [{ field: ofOneRecord ? 'version' : '_id', direction: rising ? 1 : -1, required: true }]
}

/**
 * The trail of a company is walked along the ids, without an index of its own: every order writes eight events, each of which would
 * pay for one, and an installation is one tenant, whose few companies have nearly every row that such a walk comes by.
 */
export const createAudit =
  (events: mongo.Collection<Row>, source: string): EventLog['audit'] =>
  async (companyId, query = {}) => {
    const { aggregateId, orderBy = '' } = query
    const filter = aggregateId === undefined ? {} : { aggregateId }
    const order = orderOf(orderBy, aggregateId !== undefined)
    const rows = { ...filter, companyId }
    const { items, ...facts } = await asked(readPage({ collection: events, rows, filter, order, query }))
    return { items: items.map((row) => auditEntry(row, source)), ...facts }
  }
