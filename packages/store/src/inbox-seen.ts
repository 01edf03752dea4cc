import type { Received } from './inbox-port.ts'
import {
  BATCHES,
  batchId,
  newSeen,
  newSeenBatch,
  OF_THE_SERVICE,
  type Place,
  SEEN,
  seenId,
  under,
} from './inbox-records.ts'
import type { Store, Tx } from './ports.ts'

/**
 * Which events a group has had. A partition brings its events first in the order of their positions: what lies beyond the position
 * of the place is new without a look, and is noted in one row for each batch. All else is looked up by its id.
 */
export type SeenEvents = {
  /** Those that the group has not had, each once. */
  readonly fresh: (tx: Tx, group: string, place: Place, batch: readonly Received[]) => Promise<readonly Received[]>
  readonly note: (tx: Tx, group: string, place: Place, events: readonly Received[]) => void
}

const positionsOf = (events: readonly Received[]): readonly number[] => events.map(({ position }) => Number(position))

export const createSeenEvents = (repository: Store['repository']): SeenEvents => {
  const single = repository(SEEN)
  const batches = repository(BATCHES)

  const inBatches = async (tx: Tx, place: Place, positions: readonly number[]): Promise<readonly string[]> => {
    if (positions.length === 0) return []
    const $gte = batchId(place.id, Math.min(...positions))
    const filter = { _id: { ...under(place.id), $gte }, from: { $lte: Math.max(...positions) } }
    return (await tx.findBy(batches, OF_THE_SERVICE, filter)).flatMap(({ ids }) => ids)
  }
  const alone = async (tx: Tx, group: string, events: readonly Received[]): Promise<readonly string[]> => {
    const ids = new Map(events.map(({ eventId }) => [seenId(group, eventId), eventId]))
    const found = await tx.findBy(single, OF_THE_SERVICE, { _id: { $in: [...ids.keys()] } })
    return found.flatMap(({ id }) => ids.get(id) ?? [])
  }

  return {
    async fresh(tx, group, place, batch) {
      const behind = batch.filter(({ position }) => Number(position) <= place.position)
      const known =
        behind.length === 0
          ? []
          : await Promise.all([
              alone(tx, group, behind),
              // What is no event of a log has no position.
              inBatches(
                tx,
                place,
                positionsOf(behind).filter((position) => position > 0),
              ),
            ])
      const had = new Set(known.flat())
      return batch.filter(({ eventId }) => !had.has(eventId) && had.add(eventId))
    },
    note(tx, group, place, events) {
      const beyond = events.filter(({ position }) => Number(position) > place.position)
      for (const { eventId, position } of events) {
        if (Number(position) <= place.position) tx.put(single, newSeen(seenId(group, eventId), tx.at))
      }
      if (beyond.length === 0) return
      const positions = positionsOf(beyond)
      const ids = beyond.map(({ eventId }) => eventId)
      const row = newSeenBatch(place.id, Math.max(...positions), { from: Math.min(...positions), ids, at: tx.at })
      tx.put(batches, row)
    },
  }
}
