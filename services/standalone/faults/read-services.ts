import type { Bus } from '@saleswright/bus'
import { topicOf } from '@saleswright/bus'
import type { HostedReaction } from '@saleswright/service'
import type { EventFact, GroupFacts, Head, ServiceFacts } from '@saleswright/testing/ledger'
import type { Connection } from 'mongoose'

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

const PARKED_SHOWN = 60

const groupsOf = async (connection: Connection, context: string, reactions: readonly HostedReaction[]) => {
  const own = reactions.filter(({ group }) => group.startsWith(`${context}.`))
  const db = connection.getClient().db(context)
  const inbox = await db.collection<Stored>('inbox').find({}).project<{ _id: string }>({ _id: 1 }).toArray()
  const seen = Map.groupBy(inbox, ({ _id }) => _id.slice(0, _id.indexOf('|')))
  const parked = await db.collection<Stored>('parked_events').find({}).toArray()
  return own.map(
    ({ group, from, types }): GroupFacts => ({
      group,
      from,
      types,
      seen: (seen.get(group) ?? []).map(({ _id }) => _id.slice(group.length + 1)),
      parked: parked
        .filter((row) => row.group === group)
        .map((row) => `${row._id.slice(group.length + 1)} (${String(row.reason).slice(0, PARKED_SHOWN)})`),
    }),
  )
}

type Published = ServiceFacts['published'][number]

const STILL_MS = 20_000

/** Everything that lies on the topics, from their beginnings: read by a group that nobody else is in. */
export const publishedOn = async (
  bus: Bus,
  contexts: readonly string[],
): Promise<ReadonlyMap<string, readonly Published[]>> => {
  const topics = contexts.map(topicOf)
  await bus.ensure(topics)
  const extents = await bus.extents(topics)
  const all = extents.reduce((sum, { low, high }) => sum + Number(high - low), 0)
  const found = new Map<string, Published[]>(topics.map((topic) => [topic, []]))
  let read = 0
  let finished = (): void => {}
  const complete = new Promise<void>((resolve) => {
    finished = resolve
  })
  if (all === 0) finished()
  const subscribed = bus.subscribe({
    group: `ledger-check-${crypto.randomUUID()}`,
    topics,
    next: async () => undefined,
    gap: async ({ low }) => low,
    async handle(messages) {
      for (const { topic, header } of messages) {
        const [id = '', aggregateId = ''] = [header('ce_id'), header('ce_subject')]
        found.get(topic)?.push({ id, aggregateId, version: Number(header('aggregate_version')) })
      }
      read += messages.length
      if (read >= all) finished()
    },
  })
  const timer = setTimeout(finished, STILL_MS + all / 5)
  await complete
  clearTimeout(timer)
  await subscribed.stop()
  return new Map(contexts.map((context) => [context, found.get(topicOf(context)) ?? []]))
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
