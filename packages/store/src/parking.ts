import type { Cause } from '@saleswright/kernel'
import type { Apply, ParkedEvent, ParkedEvents, Received } from './inbox-port.ts'
import {
  BLOCKED,
  type Blocked,
  blockedId,
  newBlocked,
  newWaiting,
  OF_THE_SERVICE,
  seenId,
  under,
  WAITING,
  type Waiting,
} from './inbox-records.ts'
import type { Repository, Store, Tx } from './ports.ts'

const LISTED = { sort: ['group', 'aggregateId', 'aggregateVersion'], limit: 1_000 }

/** Events put aside. Whoever parks or takes one also writes its aggregate's count, so that none is left behind unseen. */
export type Parking = {
  readonly park: (tx: Tx, group: string, event: Received, reason: string) => Promise<void>
  /** Those of these aggregates that have parked events; undefined where the group has none at all. */
  readonly blocked: (
    tx: Tx,
    group: string,
    aggregateIds: ReadonlySet<string>,
  ) => Promise<ReadonlySet<string> | undefined>
  readonly parked: ParkedEvents
}

const parkedEvent = ({ event, group, reason, parkedAt }: Waiting): ParkedEvent => ({
  ...event,
  group,
  reason,
  parkedAt,
})

type Keys = Repository<Blocked>
type Rows = Repository<Waiting>

const oldest = (group: string, aggregateId: string) =>
  [OF_THE_SERVICE, { group, aggregateId }, { sort: ['aggregateVersion'], limit: 1 }] as const

const take = async (tx: Tx, keys: Keys, rows: Rows, parked: Waiting): Promise<void> => {
  const key = await tx.get(keys, OF_THE_SERVICE, blockedId(parked.group, parked.aggregateId))
  tx.remove(rows, parked)
  if (key.waiting > 1) tx.put(keys, { ...key, waiting: key.waiting - 1 })
  else tx.remove(keys, key)
}

const createParked = (
  transact: Store['transact'],
  keys: Keys,
  rows: Rows,
  causeOf: (event?: Received) => Cause,
): ParkedEvents => {
  const replayOldest = async (group: string, aggregateId: string, apply: Apply): Promise<boolean> => {
    const [first] = await rows.findBy(...oldest(group, aggregateId))
    return await transact(causeOf(first?.event), async (tx) => {
      const [parked] = await tx.findBy(rows, ...oldest(group, aggregateId))
      if (!parked) return false
      await apply(tx, parked.event)
      await take(tx, keys, rows, parked)
      return true
    })
  }
  return {
    async list(group) {
      return (await rows.findBy(OF_THE_SERVICE, { group }, LISTED)).map(parkedEvent)
    },
    async listOf(companyId, group) {
      const filter = { group, 'event.companyId': { $in: [companyId, ''] } }
      const found = (await rows.findBy(OF_THE_SERVICE, filter, LISTED)).map(parkedEvent)
      const own = new Set(found.flatMap((event) => (event.companyId === companyId ? [event.aggregateId] : [])))
      return found.filter(({ aggregateId }) => own.has(aggregateId))
    },
    async replay(group, aggregateId, apply) {
      let more = true
      while (more) more = await replayOldest(group, aggregateId, apply)
    },
    async drop(group, eventId) {
      await transact(causeOf(), async (tx) => {
        const parked = await tx.find(rows, OF_THE_SERVICE, seenId(group, eventId))
        if (parked) await take(tx, keys, rows, parked)
      })
    },
  }
}

export const createParking = (
  { repository, transact }: Pick<Store, 'repository' | 'transact'>,
  causeOf: (event?: Received) => Cause,
): Parking => {
  const keys = repository(BLOCKED)
  const rows = repository(WAITING)
  return {
    async park(tx, group, event, reason) {
      const id = blockedId(group, event.aggregateId)
      const key = (await tx.find(keys, OF_THE_SERVICE, id)) ?? newBlocked(id)
      tx.put(keys, { ...key, waiting: key.waiting + 1 })
      tx.put(rows, newWaiting(group, event, reason, tx.at))
    },
    async blocked(tx, group, aggregateIds) {
      // Mostly the group has none at all.
      const [any] = await tx.findBy(keys, OF_THE_SERVICE, { _id: under(group) }, { limit: 1 })
      if (!any) return undefined
      const ids = new Map([...aggregateIds].map((aggregateId) => [blockedId(group, aggregateId), aggregateId]))
      const found = await tx.findBy(keys, OF_THE_SERVICE, { _id: { $in: [...ids.keys()] } })
      return new Set(found.flatMap(({ id }) => ids.get(id) ?? []))
    },
    parked: createParked(transact, keys, rows, causeOf),
  }
}
