import type { Cause, Clock } from '@saleswright/kernel'
import type { Apply, Inbox, ParkedEvent, Received } from './inbox-port.ts'
import {
  BLOCKED,
  blockedId,
  newBlocked,
  newPlace,
  newSeen,
  newWaiting,
  OF_THE_SERVICE,
  PLACES,
  placeId,
  SEEN,
  seenId,
  WAITING,
  type Waiting,
} from './inbox-records.ts'
import type { Repository, Store, Tx } from './ports.ts'

const LISTED = 1_000

const isDefined = <T>(value: T | undefined): value is T => value !== undefined

const parkedEvent = ({ event, group, reason, parkedAt }: Waiting): ParkedEvent => ({
  ...event,
  group,
  reason,
  parkedAt,
})

export const createInbox = (
  { repository, transact }: Pick<Store, 'repository' | 'transact'>,
  service: string,
  clock: Clock,
): Inbox => {
  const places = repository(PLACES)
  const seen = repository(SEEN)
  const blocked = repository(BLOCKED)
  const waiting: Repository<Waiting> = repository(WAITING)

  /** The service itself acts, under the request id of the event. */
  const causeOf = (event: Received | undefined): Cause => ({
    actor: { id: service, kind: 'service', companyId: event?.companyId ?? '', grants: new Map() },
    at: clock.now(),
    correlationId: event?.correlationId ?? '',
    ...(event?.traceparent !== undefined && { traceparent: event.traceparent }),
  })

  const park = async (tx: Tx, group: string, event: Received, reason: string): Promise<void> => {
    const id = blockedId(group, event.aggregateId)
    const key = (await tx.find(blocked, OF_THE_SERVICE, id)) ?? newBlocked(id)
    tx.put(blocked, { ...key, waiting: key.waiting + 1 })
    tx.put(waiting, newWaiting(group, event, reason, tx.at))
  }

  const unpark = async (tx: Tx, parked: Waiting): Promise<void> => {
    const key = await tx.get(blocked, OF_THE_SERVICE, blockedId(parked.group, parked.aggregateId))
    tx.remove(waiting, parked)
    if (key.waiting > 1) tx.put(blocked, { ...key, waiting: key.waiting - 1 })
    else tx.remove(blocked, key)
  }

  const move = async (tx: Tx, id: string, next: bigint, position: bigint | undefined): Promise<void> => {
    const place = (await tx.find(places, OF_THE_SERVICE, id)) ?? newPlace(id)
    tx.put(places, {
      ...place,
      next: Number(next),
      position: Math.max(place.position, Number(position ?? 0)),
    })
  }

  /** What of a batch the group has not had, and which keys are parked: three reads at once, then none. */
  const prepare = async (tx: Tx, group: string, batch: readonly Received[]) => {
    const [before, parked] = await Promise.all([
      tx.findBy(seen, OF_THE_SERVICE, { _id: { $in: batch.map(({ eventId }) => seenId(group, eventId)) } }),
      tx.findBy(blocked, OF_THE_SERVICE, {
        _id: { $in: [...new Set(batch.map(({ aggregateId }) => blockedId(group, aggregateId)))] },
      }),
    ])
    const had = new Set(before.map(({ id }) => id))
    const fresh = batch.filter(({ eventId }) => {
      const id = seenId(group, eventId)
      return !had.has(id) && had.add(id)
    })
    return { fresh, parked: new Set(parked.map(({ id }) => id)) }
  }

  const applyAll = async (tx: Tx, group: string, batch: readonly Received[], apply: Apply): Promise<void> => {
    const { fresh, parked } = await prepare(tx, group, batch)
    for (const event of fresh) {
      if (parked.has(blockedId(group, event.aggregateId))) await park(tx, group, event, '')
      else await apply(tx, event)
      tx.put(seen, newSeen(seenId(group, event.eventId), tx.at))
    }
  }

  const behind = (batch: readonly Received[]) => {
    const last = batch.at(-1)
    const position = batch.reduce((highest, event) => (event.position > highest ? event.position : highest), 0n)
    return last && { next: last.offset + 1n, position }
  }

  const placeOf = (group: string, topic: string, partition: number) =>
    places.find(OF_THE_SERVICE, placeId(group, topic, partition))

  const oldest = async (tx: Tx, group: string, aggregateId: string): Promise<Waiting | undefined> => {
    const [first] = await tx.findBy(
      waiting,
      OF_THE_SERVICE,
      { group, aggregateId },
      { sort: ['aggregateVersion'], limit: 1 },
    )
    return first
  }

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
      const end = behind(batch)
      if (!end) return
      await transact(causeOf(batch[0]), async (tx) => {
        await move(tx, placeId(group, topic, partition), end.next, end.position)
        await applyAll(tx, group, batch, apply)
      })
    },
    async park(group, event, reason) {
      const { topic, partition, offset, position } = event
      await transact(causeOf(event), async (tx) => {
        await move(tx, placeId(group, topic, partition), offset + 1n, position)
        const id = seenId(group, event.eventId)
        if (isDefined(await tx.find(seen, OF_THE_SERVICE, id))) return
        await park(tx, group, event, reason)
        tx.put(seen, newSeen(id, tx.at))
      })
    },
    async moveTo(group, topic, partition, offset) {
      await transact(causeOf(undefined), (tx) => move(tx, placeId(group, topic, partition), offset, undefined))
    },
    parked: {
      async list(group) {
        const sort = ['group', 'aggregateId', 'aggregateVersion']
        const found = await waiting.findBy(OF_THE_SERVICE, { group }, { sort, limit: LISTED })
        return found.map(parkedEvent)
      },
      async replay(group, aggregateId, apply) {
        let more = true
        while (more) {
          const first = await waiting.findBy(
            OF_THE_SERVICE,
            { group, aggregateId },
            { sort: ['aggregateVersion'], limit: 1 },
          )
          more = await transact(causeOf(first[0]?.event), async (tx) => {
            const parked = await oldest(tx, group, aggregateId)
            if (!parked) return false
            await apply(tx, parked.event)
            await unpark(tx, parked)
            return true
          })
        }
      },
      async drop(group, eventId) {
        await transact(causeOf(undefined), async (tx) => {
          const parked = await tx.find(waiting, OF_THE_SERVICE, seenId(group, eventId))
          if (parked) await unpark(tx, parked)
        })
      },
    },
  }
}
