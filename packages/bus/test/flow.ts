import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { create, type DescMessage, type Message } from '@bufbuild/protobuf'
import { Int64ValueSchema, StringValueSchema } from '@bufbuild/protobuf/wkt'
import { clientOptions, startInWorker } from '@saleswright/embedded'
import { type Aggregate, type Cause, companyScope, newId } from '@saleswright/kernel'
import { connectStore, type Mapping, openStore, type Store } from '@saleswright/store'
import mongoose from 'mongoose'
import { onTestFinished } from 'vitest'
import {
  type Bus,
  type ConsumerOptions,
  consumer,
  drained,
  type EventConsumer,
  kafka,
  type Relay,
  type RelayOptions,
  relay,
  topicOf,
  when,
} from '../src/index.ts'
import { aFolder, log } from './support.ts'

const COMPANY = 'company-1'
const ALL = companyScope(COMPANY)
export const TOPIC = topicOf('orders')

type Story = Aggregate & { readonly told: readonly string[] }

const stories = (collection: string): Mapping<Story, { told: readonly string[] }> => ({
  name: 'story',
  collection,
  schema: new mongoose.Schema({ told: [String] }, { strict: 'throw', versionKey: false }),
  version: 1,
  document: ({ told }) => ({ told }),
  record: ({ told }) => ({ told }),
})

const SCHEMAS: readonly DescMessage[] = [StringValueSchema, Int64ValueSchema]
const describe = (typeName: string): DescMessage => {
  const found = SCHEMAS.find((schema) => schema.typeName === typeName)
  if (!found) throw new Error(`no such event: ${typeName}`)
  return found
}

const cause = (): Cause => ({
  actor: { id: 'person-1', kind: 'staff', companyId: COMPANY, grants: new Map() },
  at: new Date(),
  correlationId: 'request-1',
})

/** The owner of the events: each aggregate is a list of words, each word an event. */
const anOwner = async (store: Store) => {
  const owned = store.repository(stories('stories'))
  await store.start()
  return async (id: string, ...facts: readonly (string | bigint)[]): Promise<void> => {
    const events = facts.map(
      (value): Message =>
        typeof value === 'string' ? create(StringValueSchema, { value }) : create(Int64ValueSchema, { value }),
    )
    await store.transact(cause(), async (tx) => {
      const before = (await tx.find(owned, ALL, id)) ?? { id, version: 0, companyId: COMPANY, told: [] }
      tx.save(owned, { next: { ...before, told: [...before.told, ...facts.map(String)] }, events })
    })
  }
}

/** What a reader makes of them: the words of each aggregate in the order in which they were applied. */
const aReader = async (store: Store) => {
  const copies = store.repository(stories('copies'))
  await store.start()
  const handler = (before: (word: string) => void = () => undefined) =>
    when(StringValueSchema, async ({ value }, { envelope: { aggregateId: id }, tx }) => {
      before(value)
      const copy = (await tx.find(copies, ALL, id)) ?? { id, version: 0, companyId: COMPANY, told: [] }
      tx.put(copies, { ...copy, told: [...copy.told, value] })
    })
  const told = async (id: string) => (await copies.find(ALL, id))?.told ?? []
  return { handler, told }
}

/** A broker that can go and come back, with what it had or without. */
const aBrokerAt = async (listen: string) => {
  let folder = aFolder()
  const start = () => startInWorker({ kafka: { folder, listen, sweepEveryMs: 20 } })
  let running: Awaited<ReturnType<typeof start>> | undefined = await start()
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  onTestFinished(stop)
  const comeBack = async () => {
    running = await start()
  }
  return {
    stop,
    comeBack,
    /** A copy of what it has now, to come back with later. */
    async keep() {
      const copy = aFolder()
      await stop()
      cpSync(folder, copy, { recursive: true })
      await comeBack()
      return copy
    },
    async comeBackWith(copy: string) {
      folder = aFolder()
      cpSync(copy, folder, { recursive: true })
      await comeBack()
    },
    comeBackEmpty: () => {
      folder = aFolder()
      return comeBack()
    },
  }
}

/** An owner and a reader on real engines, with what flows between them. Everything stops with the test. */
export const aFlow = async () => {
  const folder = aFolder()
  const engines = await startInWorker({ mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'mongo.sock') } })
  const broker = await aBrokerAt(join(folder, 'kafka.sock'))
  const connection = await connectStore(engines.mongo)
  const bus: Bus = kafka({ clientId: 'test', log, ...clientOptions(join(folder, 'kafka.sock')) })
  onTestFinished(async () => {
    await bus.close()
    await connection.close()
    await engines.stop()
  })
  const owner = openStore({ connection, name: 'orders', describe })
  const reader = openStore({ connection, name: 'reporting', describe })
  const tell = await anOwner(owner)
  const { handler, told } = await aReader(reader)

  const aRelay = async (changes: Partial<RelayOptions> = {}): Promise<Relay> => {
    const made = relay({ log: owner.eventLog, bus, topic: TOPIC, holder: newId(), logger: log, ...changes })
    await made.start()
    onTestFinished(() => made.stop())
    return made
  }
  const aConsumer = async (changes: Partial<ConsumerOptions> = {}): Promise<EventConsumer> => {
    const made = consumer({
      bus,
      inbox: reader.inbox,
      group: 'reporting.copies',
      topics: [TOPIC],
      handlers: [handler()],
      owners: {
        readEvents: (_context, after, limit) => owner.eventLog.read(after, limit),
        published: () => owner.eventLog.published(),
      },
      log,
      ...changes,
    })
    await made.start()
    onTestFinished(() => made.stop())
    return made
  }
  const quiet = (relays: readonly Relay[], consumers: readonly EventConsumer[]) =>
    drained({ bus, relays, consumers }, AbortSignal.timeout(40_000))
  return { broker, bus, owner, reader, tell, told, handler, aRelay, aConsumer, quiet }
}

export const words = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `w${from + i}`)
