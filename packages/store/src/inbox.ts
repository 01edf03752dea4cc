import type { Cause, Clock } from '@saleswright/kernel'
import type { Apply, Inbox, Received } from './inbox-port.ts'
import {
  newPlace,
  newSeen,
  OF_THE_SERVICE,
  PLACES,
  type Place,
  placeId,
  SEEN,
  type Seen,
  seenId,
} from './inbox-records.ts'
import { createParking, type Parking } from './parking.ts'
import type { Repository, Store, Tx } from './ports.ts'

/** The service itself acts, under the request id of the event. */
const causeBy =
  (service: string, clock: Clock) =>
  (event?: Received): Cause => ({
    actor: { id: service, kind: 'service', companyId: event?.companyId ?? '', grants: new Map() },
    at: clock.now(),
    correlationId: event?.correlationId ?? '',
    ...(event?.traceparent !== undefined && { traceparent: event.traceparent }),
  })

/** Behind the last event of a batch. */
const endOf = (batch: readonly Received[]): { readonly next: number; readonly position: number } => ({
  next: Number(batch.at(-1)?.offset ?? -1n) + 1,
  position: Math.max(0, ...batch.map(({ position }) => Number(position))),
})

const move = async (tx: Tx, places: Repository<Place>, id: string, to: { next: number; position: number }) => {
  const place = (await tx.find(places, OF_THE_SERVICE, id)) ?? newPlace(id)
  tx.put(places, { ...place, next: to.next, position: Math.max(place.position, to.position) })
}

type Parts = { readonly seen: Repository<Seen>; readonly parking: Parking }

/** What of a batch the group has not had, and which aggregates are parked. */
const prepare = async ({ seen, parking }: Parts, tx: Tx, group: string, batch: readonly Received[]) => {
  const ids = batch.map(({ eventId }) => seenId(group, eventId))
  const [before, blocked] = await Promise.all([
    tx.findBy(seen, OF_THE_SERVICE, { _id: { $in: ids } }),
    parking.blocked(
      tx,
      group,
      batch.map(({ aggregateId }) => aggregateId),
    ),
  ])
  const had = new Set(before.map(({ id }) => id))
  const fresh = batch.filter(({ eventId }) => {
    const id = seenId(group, eventId)
    return !had.has(id) && had.add(id)
  })
  return { fresh, blocked }
}

const applyAll = async (
  parts: Parts,
  tx: Tx,
  { group, batch }: { readonly group: string; readonly batch: readonly Received[] },
  apply: Apply,
): Promise<void> => {
  const { fresh, blocked } = await prepare(parts, tx, group, batch)
  for (const event of fresh) {
    if (blocked.has(event.aggregateId)) await parts.parking.park(tx, group, event, '')
    else await apply(tx, event)
    tx.put(parts.seen, newSeen(seenId(group, event.eventId), tx.at))
  }
}

export const createInbox = (store: Pick<Store, 'repository' | 'transact'>, service: string, clock: Clock): Inbox => {
  const { repository, transact } = store
  const causeOf = causeBy(service, clock)
  const places = repository(PLACES)
  const seen = repository(SEEN)
  const parking = createParking(store, causeOf)

  const placeOf = (group: string, topic: string, partition: number) =>
    places.find(OF_THE_SERVICE, placeId(group, topic, partition))

  return {
    async nextOffset(group, topic, partition) {
      const place = await placeOf(group, topic, partition)
      return place && BigInt(place.next)
    },
    async lastPosition(group, topic, partition) {
      const place = await placeOf(group, topic, partition)
      return place && BigInt(place.position)
    },
    async applyBatch(...[group, topic, partition, batch, apply]) {
      if (batch.length === 0) return
      await transact(causeOf(batch[0]), async (tx) => {
        await applyAll({ seen, parking }, tx, { group, batch }, apply)
        await move(tx, places, placeId(group, topic, partition), endOf(batch))
      })
    },
    async park(group, event, reason) {
      await transact(causeOf(event), async (tx) => {
        const id = seenId(group, event.eventId)
        if (!(await tx.find(seen, OF_THE_SERVICE, id))) {
          await parking.park(tx, group, event, reason)
          tx.put(seen, newSeen(id, tx.at))
        }
        await move(tx, places, placeId(group, event.topic, event.partition), endOf([event]))
      })
    },
    async moveTo(group, topic, partition, offset) {
      await transact(causeOf(), (tx) =>
        move(tx, places, placeId(group, topic, partition), { next: Number(offset), position: 0 }),
      )
    },
    parked: parking.parked,
  }
}
