import type { mongo } from 'mongoose'
import type { StoredEvent } from './event-log-port.ts'
import { type Row, storedEvent } from './rows.ts'

/** Events that were numbered together, in the order of their positions; by the position of the last. */
export type Batch = { readonly _id: number; readonly ids: readonly string[] }

/** The events that have positions. Positions stand in the batches alone, so that an event is written once. */
export type Numbered = {
  readonly read: (afterPosition: number, limit: number) => Promise<readonly StoredEvent[]>
  /** The events of the batch that ends there; undefined for each that is gone. */
  readonly batch: (toPosition: number) => Promise<readonly (Row | undefined)[]>
}

type Parts = {
  readonly events: mongo.Collection<Row>
  readonly batches: mongo.Collection<Batch>
  readonly source: string
}

/** A batch may hold one event or hundreds: pages grow until there is enough. */
const FIRST_PAGE = 4
const GROWS = 4
/** Looked up at once. */
const LOOK_UP = 500

type Placed = { readonly id: string; readonly position: number }

const placesOf = ({ _id: to, ids }: Batch): readonly Placed[] =>
  ids.map((id, index) => ({ id, position: to - ids.length + 1 + index }))

const placesAfter = async (
  batches: mongo.Collection<Batch>,
  after: number,
  limit: number,
): Promise<readonly Placed[]> => {
  const placed: Placed[] = []
  for (let page = FIRST_PAGE; placed.length < limit; page *= GROWS) {
    const found = await batches
      .find({ _id: { $gt: placed.at(-1)?.position ?? after } })
      .sort({ _id: 1 })
      .limit(page)
      .toArray()
    placed.push(...found.flatMap(placesOf).filter(({ position }) => position > after))
    if (found.length < page) break
  }
  return placed.slice(0, limit)
}

export const createNumbered = ({ events, batches, source }: Parts): Numbered => {
  const rowsOf = async (ids: readonly string[]): Promise<ReadonlyMap<string, Row>> => {
    const rows = new Map<string, Row>()
    for (let from = 0; from < ids.length; from += LOOK_UP) {
      const filter = { _id: { $in: ids.slice(from, from + LOOK_UP) } }
      const found = await events.find(filter, { batchSize: LOOK_UP }).toArray()
      for (const row of found) rows.set(row._id, row)
    }
    return rows
  }
  return {
    async read(afterPosition, limit) {
      const placed = await placesAfter(batches, afterPosition, limit)
      const rows = await rowsOf(placed.map(({ id }) => id))
      return placed.flatMap(({ id, position }) => {
        const row = rows.get(id)
        return row ? [storedEvent(row, source, position)] : []
      })
    },
    async batch(toPosition) {
      const batch = await batches.findOne({ _id: toPosition })
      const ids = batch?.ids ?? []
      const rows = await rowsOf(ids)
      return ids.map((id) => rows.get(id))
    },
  }
}
