import { type Arrived, type Bus, topicOf } from '@saleswright/bus'
import type { HostedReaction } from '@saleswright/service'
import type { LyingBus } from '@saleswright/testing/faults'
import type { EventFact, GroupFacts, Head, ServiceFacts } from '@saleswright/testing/ledger'
import type { Connection, mongo } from 'mongoose'

type Stored = { readonly _id: string; readonly [field: string]: unknown }

/** A collection as it lies in the store of a service. */
export const rowsOf = (connection: Connection, context: string, name: string) =>
  connection.getClient().db(context).collection<Stored>(name)

type EventRow = Omit<EventFact, 'id'> & { readonly _id: string; readonly correlationId: string }
export type Told = EventFact & { readonly correlationId: string }

export const eventsOf = async (connection: Connection, context: string): Promise<readonly Told[]> => {
  const fields = { type: 1, aggregateId: 1, version: 1, hash: 1, correlationId: 1 }
  const rows = await connection
    .getClient()
    .db(context)
    .collection<EventRow>('events')
    .find({})
    .project<EventRow>(fields)
    .toArray()
  return rows.map(({ _id: id, ...rest }) => ({ id, ...rest }))
}

type HeadRow = { readonly _id: string; readonly version: number; readonly chain: { readonly hash: string } }

/** Every record that tells events, in whatever collection it lies. */
const headsOf = async (connection: Connection, context: string): Promise<readonly Head[]> => {
  const db = connection.getClient().db(context)
  const collections = await db.listCollections({}, { nameOnly: true }).toArray()
  const heads = collections.map(async ({ name: collection }) => {
    const rows = db
      .collection(collection)
      .find({ chain: { $exists: true } })
      .project<HeadRow>({ version: 1, chain: 1 })
    return (await rows.toArray()).map(({ _id: id, version, chain }) => ({ collection, id, version, hash: chain.hash }))
  })
  return (await Promise.all(heads)).flat()
}

type Mark = { readonly _id: string; readonly last: number }

const waitingIn = async (connection: Connection, context: string): Promise<number> => {
  const db = connection.getClient().db(context)
  const marks = await db.collection<Mark>('event_positions').find({}).toArray()
  const upTo = (id: string): number => marks.find(({ _id }) => _id === id)?.last ?? 0
  return (await db.collection('outbox').countDocuments({})) + upTo('positions') - upTo('published')
}

/** The ids of the events that each group has had: in batches, and alone what came late. */
const seenIn = async (db: mongo.Db): Promise<ReadonlyMap<string, readonly string[]>> => {
  const seen = new Map<string, string[]>()
  const note = (rowId: string, ids: readonly string[]): void => {
    const group = rowId.slice(0, rowId.indexOf('|'))
    const before = seen.get(group) ?? []
    before.push(...ids)
    seen.set(group, before)
  }
  for await (const { _id } of db.collection<Stored>('inbox').find({})) note(_id, [_id.slice(_id.indexOf('|') + 1)])
  for await (const { _id, ids } of db.collection<Stored>('inbox_batches').find({})) note(_id, ids as readonly string[])
  return seen
}

const PARKED_SHOWN = 60

const groupsOf = async (connection: Connection, context: string, reactions: readonly HostedReaction[]) => {
  const own = reactions.filter(({ group }) => group.startsWith(`${context}.`))
  const db = connection.getClient().db(context)
  const seen = await seenIn(db)
  const parked = await db.collection<Stored>('parked_events').find({}).toArray()
  return own.map(
    ({ group, from, types }): GroupFacts => ({
      group,
      from,
      types,
      seen: seen.get(group) ?? [],
      parked: parked
        .filter((row) => row.group === group)
        .map((row) => `${row._id.slice(group.length + 1)} (${String(row.reason).slice(0, PARKED_SHOWN)})`),
    }),
  )
}

type Published = ServiceFacts['published'][number]

const STILL_MS = 20_000

/** Everything that lies on the topics, from their beginnings: read by a group that nobody else is in. */
export const everyMessage = async (
  bus: Bus,
  topics: readonly string[],
  read: (message: Arrived) => void,
): Promise<void> => {
  await bus.ensure(topics)
  const extents = await bus.extents(topics)
  let left = extents.reduce((sum, { low, high }) => sum + Number(high - low), 0)
  if (left === 0) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const subscribed = bus.subscribe({
    group: `ledger-check-${crypto.randomUUID()}`,
    topics,
    next: async () => undefined,
    gap: async ({ low }) => low,
    async handle(messages) {
      for (const message of messages) read(message)
      left -= messages.length
      if (left <= 0) resolve()
    },
  })
  const timer = setTimeout(resolve, STILL_MS + left / 5)
  await promise
  clearTimeout(timer)
  await subscribed.stop()
  if (left > 0) throw new Error(`${left} messages did not come`)
}

type Headers = (name: string) => string | undefined

const noteOf = (header: Headers): Published => {
  const [id = '', aggregateId = ''] = [header('ce_id'), header('ce_subject')]
  return { id, aggregateId, version: Number(header('aggregate_version')) }
}

const byContext = (contexts: readonly string[], found: ReadonlyMap<string, Published[]>) =>
  new Map(contexts.map((context) => [context, found.get(topicOf(context)) ?? []]))

export const publishedOn = async (
  bus: Bus,
  contexts: readonly string[],
): Promise<ReadonlyMap<string, readonly Published[]>> => {
  const found = new Map<string, Published[]>(contexts.map((context) => [topicOf(context), []]))
  await everyMessage(bus, [...found.keys()], ({ topic, header }) => found.get(topic)?.push(noteOf(header)))
  return byContext(contexts, found)
}

/** The same of what a bus has taken and may have lost since. */
export const acknowledgedOf = (
  all: ReturnType<LyingBus['acknowledged']>,
  contexts: readonly string[],
): ReadonlyMap<string, readonly Published[]> => {
  const notes = all.map(({ topic, message: { headers } }) => ({
    topic,
    note: noteOf((name) => new Map(Object.entries(headers)).get(name)),
  }))
  const found = Map.groupBy(notes, ({ topic }) => topic)
  return byContext(contexts, new Map([...found].map(([topic, those]) => [topic, those.map(({ note }) => note)])))
}

export type Reading = {
  readonly connection: Connection
  readonly reactions: readonly HostedReaction[]
  readonly audit: (context: never) => Promise<string | undefined>
}

export const readService = async (
  { connection, reactions, audit }: Reading,
  { name, events, published }: Pick<ServiceFacts, 'name' | 'published'> & { readonly events: readonly Told[] },
): Promise<ServiceFacts> => ({
  name,
  events,
  published,
  heads: await headsOf(connection, name),
  waiting: await waitingIn(connection, name),
  groups: await groupsOf(connection, name, reactions),
  audit: { fault: await audit(name as never) },
})
