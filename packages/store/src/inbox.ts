import type { Cause, Clock } from '@saleswright/kernel'
import type { Apply, Inbox, Received, Stop } from './inbox-port.ts'
import { newPlace, OF_THE_SERVICE, PLACES, type Place, placeId } from './inbox-records.ts'
import { createSeenEvents, type SeenEvents } from './inbox-seen.ts'
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

type Stand = { readonly next: number; readonly position: number }
const standAt = ({ next, position = 0n }: Stop): Stand => ({ next: Number(next), position: Number(position) })

/** Behind the last event of a batch. */
const endOf = (batch: readonly Received[]): Stand => ({
  next: Number(batch.at(-1)?.offset ?? -1n) + 1,
  position: Math.max(0, ...batch.map(({ position }) => Number(position))),
})

type Places = Repository<Place>

const placeIn = async (tx: Tx, places: Places, id: string): Promise<Place> =>
  (await tx.find(places, OF_THE_SERVICE, id)) ?? newPlace(id)

const move = (tx: Tx, places: Places, place: Place, to: Stand): Place =>
  tx.put(places, { ...place, next: to.next, position: Math.max(place.position, to.position) })

/**
 * Places whose group has nothing parked, by the version at which this process left them: whoever parks something of a partition
 * moves its place, so until then there is nothing to be asked for.
 */
const createClear = (parking: Parking) => {
  const left = new Map<string, number>()
  return {
    async blocked(tx: Tx, group: string, place: Place, aggregates: ReadonlySet<string>) {
      if (left.get(place.id) === place.version) return undefined
      return await parking.blocked(tx, group, aggregates)
    },
    leave({ id, version }: Place, isClear: boolean): void {
      if (isClear) left.set(id, version)
      else left.delete(id)
    },
  }
}

type Parts = { readonly seen: SeenEvents; readonly parking: Parking }
type Work = {
  readonly group: string
  readonly place: Place
  readonly batch: readonly Received[]
  readonly blocked: ReadonlySet<string>
}

const applyAll = async (
  { seen, parking }: Parts,
  tx: Tx,
  { group, place, batch, blocked }: Work,
  apply: Apply,
): Promise<void> => {
  const fresh = await seen.fresh(tx, group, place, batch)
  for (const event of fresh) {
    if (blocked.has(event.aggregateId)) await parking.park(tx, group, event, '')
    else await apply(tx, event)
  }
  seen.note(tx, group, place, fresh)
}

/** As the store's, but a look-up of one of these ids may look up all of them. */
type Transact = <R>(cause: Cause, work: (tx: Tx) => Promise<R>, together?: ReadonlySet<string>) => Promise<R>

/** Where a group stands, and how it is put elsewhere. */
type Standing = Pick<Inbox, 'nextOffset' | 'lastPosition' | 'moveTo' | 'passTo'>

const standing = (places: Places, transact: Transact, causeOf: ReturnType<typeof causeBy>): Standing => {
  const placeOf = (...[group, topic, partition]: Parameters<Inbox['nextOffset']>) =>
    places.find(OF_THE_SERVICE, placeId(group, topic, partition))
  return {
    async nextOffset(...stream) {
      const place = await placeOf(...stream)
      return place && BigInt(place.next)
    },
    async lastPosition(...stream) {
      const place = await placeOf(...stream)
      return place && BigInt(place.position)
    },
    async moveTo(group, stop) {
      await transact(causeOf(), async (tx) => {
        const place = await placeIn(tx, places, placeId(group, stop.topic, stop.partition))
        move(tx, places, place, standAt(stop))
      })
    },
    async passTo(group, stops) {
      const ends = new Map(stops.map((stop) => [placeId(group, stop.topic, stop.partition), standAt(stop)]))
      const work = async (tx: Tx): Promise<void> => {
        for (const [id, end] of ends) {
          const place = await placeIn(tx, places, id)
          if (place.next < end.next) move(tx, places, place, end)
        }
      }
      await transact(causeOf(), work, new Set(ends.keys()))
    },
  }
}

export const createInbox = (
  store: { readonly repository: Store['repository']; readonly transact: Transact },
  service: string,
  clock: Clock,
): Inbox => {
  const { repository, transact } = store
  const causeOf = causeBy(service, clock)
  const places = repository(PLACES)
  const seen = createSeenEvents(repository)
  const parking = createParking(store, causeOf)
  const clear = createClear(parking)
  return {
    ...standing(places, transact, causeOf),
    async applyBatch(...[group, topic, partition, batch, apply]) {
      if (batch.length === 0) return
      const aggregates = new Set(batch.map(({ aggregateId }) => aggregateId))
      const work = async (tx: Tx) => {
        const place = await placeIn(tx, places, placeId(group, topic, partition))
        const blocked = await clear.blocked(tx, group, place, aggregates)
        await applyAll({ seen, parking }, tx, { group, place, batch, blocked: blocked ?? new Set() }, apply)
        return { left: move(tx, places, place, endOf(batch)), isClear: blocked === undefined }
      }
      const { left, isClear } = await transact(causeOf(batch[0]), work, aggregates)
      clear.leave(left, isClear)
    },
    async park(group, event, reason) {
      await transact(causeOf(event), async (tx) => {
        const place = await placeIn(tx, places, placeId(group, event.topic, event.partition))
        const fresh = await seen.fresh(tx, group, place, [event])
        for (const one of fresh) await parking.park(tx, group, one, reason)
        seen.note(tx, group, place, fresh)
        move(tx, places, place, endOf([event]))
      })
    },
    parked: parking.parked,
  }
}
