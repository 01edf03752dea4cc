import { type Arrived, type Bus, kafka, type Message, topicOf } from '@saleswright/bus'
import { clientOptions } from '@saleswright/embedded'
import { openLog } from '@saleswright/service'
import { connectStore } from '@saleswright/store'
import type { Connection } from 'mongoose'
import { openDataFolder } from '../src/data-folder.ts'
import { startEngines } from '../src/engines.ts'
import { SERVICES } from '../src/services.ts'
import type { Platform } from './hosting.ts'
import { everyMessage } from './read-services.ts'

const CONTEXTS = SERVICES.map(({ name }) => name)
const TOPICS = CONTEXTS.map(topicOf)

/** Of an event on the bus: the binding of CloudEvents, and what it has no attribute for. */
const HEADERS =
  'ce_specversion ce_id ce_type ce_source ce_subject ce_time ce_dataschema content-type aggregate_version company_id position correlation_id actor traceparent'.split(
    ' ',
  )

const copyOf = ({ key, value, header }: Arrived): Message => ({
  key,
  value,
  headers: Object.fromEntries(
    HEADERS.flatMap((name) => {
      const text = header(name)
      return text === undefined ? [] : [[name, text]]
    }),
  ),
})

const MOST_COPIES = 4

/** Publishes every event once to four times more, behind those that are there. Gives how many copies that made. */
export const publishAgain = async ({ kafka: address }: Pick<Platform, 'kafka'>): Promise<number> => {
  const bus: Bus = kafka({ clientId: 'again', log: openLog('again', 'silent'), ...clientOptions(address) })
  try {
    const copies = new Map<string, Message[]>(TOPICS.map((topic) => [topic, []]))
    let seen = 0
    await everyMessage(bus, TOPICS, (message) => {
      seen++
      const times = 1 + (seen % MOST_COPIES)
      const copy = copyOf(message)
      copies.get(message.topic)?.push(...Array.from({ length: times }, () => copy))
    })
    for (const [topic, messages] of copies) if (messages.length > 0) await bus.publish(topic, messages)
    return [...copies.values()].reduce((sum, { length }) => sum + length, 0)
  } finally {
    await bus.close()
  }
}

/** What is done to each store of a platform that stands still. */
const inStores = async (data: string, work: (db: ReturnType<Connection['useDb']>) => Promise<unknown>) => {
  const engines = await startEngines(openDataFolder(data))
  const connection = await connectStore(engines.mongo)
  for (const context of CONTEXTS) await work(connection.useDb(context))
  await connection.close()
  await engines.stop()
}

/** Every group begins again with the oldest event that there is. */
export const rewind = (data: string): Promise<void> =>
  inStores(data, (db) => db.collection('consumer_offsets').updateMany({}, { $set: { next: 0 } }))

/** The same for groups that do not know any more what they have had: the guard is off. */
export const forget = (data: string): Promise<void> =>
  inStores(data, async (db) => {
    await db.collection('consumer_offsets').deleteMany({})
    await db.collection('inbox').deleteMany({})
    await db.collection('inbox_batches').deleteMany({})
  })
