import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { clientOptions, startInWorker } from '@saleswright/embedded'
import { newId } from '@saleswright/kernel'
import { connectStore, openStore, type Store } from '@saleswright/store'
import { Kafka, logLevel, type Message, Partitioners, type Producer } from 'kafkajs'
import type { mongo } from 'mongoose'
import { messageOf } from '../../src/headers.ts'
import { consumer, kafka, type Log, relay, topicOf } from '../../src/index.ts'
import { copying, describe, fill, rawCopying, teller } from './workload.ts'

/*
 * npm run bench -- events [ROUNDS] [EVENTS]
 * How fast stored events are published, against kafkajs sending the same messages in batches of 100; and how fast they are applied,
 * each with a find and a put, against the driver making the same documents. Quote the ratios.
 */
const ROUNDS = Number(process.argv[2] ?? 3)
const EVENTS = Number(process.argv[3] ?? 10_000)
const COMMITS = 500

const folder = mkdtempSync(join(tmpdir(), 'bus-bench-'))
const engine = await startInWorker({ mongo: { folder: join(folder, 'mongo'), listen: join(folder, 'mongo.sock') } })
const broker = await startInWorker({ kafka: { folder: join(folder, 'kafka'), listen: join(folder, 'kafka.sock') } })
const connection = await connectStore(engine.mongo)
const client: mongo.MongoClient = connection.getClient()

const say = (fields: object, message: string): void => console.error(message, fields)
const nothing = (): void => undefined
const log: Log = { error: say, warn: say, info: nothing, debug: nothing }
const bus = kafka({ clientId: 'bench', log, ...clientOptions(broker.kafka) })

/** Adds up what each method of a port takes. */
const timed = <P extends object>(port: P, times: Map<string, number>): P =>
  new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        const started = performance.now()
        try {
          return await Reflect.apply(method, target, args)
        } finally {
          times.set(String(name), (times.get(String(name)) ?? 0) + performance.now() - started)
        }
      }
    },
  })

const shown = (times: ReadonlyMap<string, number>): string =>
  [...times].map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')

/** Time on the clock, and that of all threads together: engines included, whatever else the machine does. */
type Cost = { readonly ms: number; readonly cpuMs: number }

const starting = (): (() => Cost) => {
  const [started, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { ms: performance.now() - started, cpuMs: (user + system) / 1_000 }
  }
}

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await wait(2)
}

type Measured = { readonly cost: Cost; readonly times: ReadonlyMap<string, number> }

const publish = async (store: Store, topic: string): Promise<Measured> => {
  const times = new Map<string, number>()
  let published = 0
  const out = relay({
    log: { ...timed(store.eventLog, times), onCommit: store.eventLog.onCommit },
    bus: timed(bus, times),
    topic,
    holder: newId(),
    logger: log,
    published: (events) => {
      published += events
    },
  })
  const ended = starting()
  await out.start()
  await until(() => published >= EVENTS)
  const cost = ended()
  await out.stop()
  return { cost, times }
}

const sendByHundred = async (producer: Producer, topic: string, messages: readonly Message[]): Promise<Cost> => {
  const ended = starting()
  for (let from = 0; from < messages.length; from += 100)
    await producer.send({ topic, acks: -1, messages: messages.slice(from, from + 100) })
  return ended()
}

const apply = async (store: Store, topic: string, reader: Store): Promise<Measured> => {
  const times = new Map<string, number>()
  const handler = copying(reader)
  await reader.start()
  let handled = 0
  const into = consumer({
    bus,
    inbox: timed(reader.inbox, times),
    group: `${topic}.copies`,
    topics: [topic],
    handlers: [handler],
    owners: {
      readEvents: (_context, after, limit) => store.eventLog.read(after, limit),
      published: () => store.eventLog.published(),
    },
    log,
    handled: (events) => {
      handled += events
    },
  })
  await into.start()
  // The group forms first: that is not what is measured.
  await until(() => into.state().assigned.some(({ next }) => next !== undefined))
  const ended = starting()
  await until(() => handled >= EVENTS)
  const cost = ended()
  await into.stop()
  return { cost, times }
}

/** Between a commit and the answer of the broker, in milliseconds: commits alone, or so many a second. */
const delays = async (store: Store, topic: string, perSecond: number): Promise<string> => {
  const committed: number[] = []
  const each: number[] = []
  const out = relay({
    log: store.eventLog,
    bus: {
      ...bus,
      async publish(to, messages) {
        await bus.publish(to, messages)
        // Of each two events the first tells how long their commit waited.
        for (const at of committed.splice(0, messages.length / 2)) each.push(performance.now() - at)
      },
    },
    topic,
    holder: newId(),
    logger: log,
  })
  await out.start()
  const tell = teller(store)
  const began = performance.now()
  const told: Promise<unknown>[] = []
  for (let done = 0; done < COMMITS; done++) {
    told.push(tell().then(() => committed.push(performance.now())))
    await wait(Math.max(0, began + ((done + 1) * 1_000) / perSecond - performance.now()))
  }
  await Promise.all(told)
  await until(() => each.length >= COMMITS * 0.98)
  await out.stop()
  const sorted = each.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

const perSecond = ({ ms, cpuMs }: Cost): string =>
  `${((EVENTS * 1_000) / ms).toFixed(0)}/s (${((cpuMs * 1_000) / EVENTS).toFixed(0)} µs of processor each)`
const against = (floor: Cost, { ms, cpuMs }: Cost): string =>
  `${((floor.ms / ms) * 100).toFixed(0)} % of its rate, ${(cpuMs / floor.cpuMs).toFixed(1)} × its processor time`

const producer = new Kafka({
  clientId: 'floor',
  ...clientOptions(broker.kafka),
  logLevel: logLevel.NOTHING,
}).producer({ createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()

for (let round = 0; round < ROUNDS; round++) {
  const name = `owner${round}`
  const topic = topicOf(name)
  const store = openStore({ connection, name, describe })
  const filling = starting()
  await fill(store, EVENTS)
  const filled = filling()
  await bus.ensure([topic, 'floor'])
  const relayed = await publish(store, topic)
  const events = await store.eventLog.read(0n, EVENTS)
  const messages = events.map((event): Message => {
    const { key, value, headers } = messageOf(event, event.position - 1n)
    return { key, value: Buffer.from(value), headers: { ...headers } }
  })
  const sent = await sendByHundred(producer, 'floor', messages)
  const reader = openStore({ connection, name: `reader${round}`, describe })
  const applied = await apply(store, topic, reader)
  const making = starting()
  await rawCopying(client, `raw${round}`, EVENTS)
  const raw = making()
  console.log(`stored    ${perSecond(filled)}`)
  console.log(`relay     ${perSecond(relayed.cost)}; ${shown(relayed.times)}`)
  console.log(`kafkajs   ${perSecond(sent)}; the relay ${against(sent, relayed.cost)}`)
  console.log(`consumer  ${perSecond(applied.cost)}; ${shown(applied.times)}`)
  console.log(`driver    ${perSecond(raw)}; the consumer ${against(raw, applied.cost)}\n`)
}

const aside = openStore({ connection, name: 'delays', describe })
teller(aside)
await aside.start()
const beside = topicOf('delays')
await bus.ensure([beside])
for (const rate of [20, 500]) console.log(`${rate} commits/s are published after ${await delays(aside, beside, rate)}`)

await producer.disconnect()
await bus.close()
await connection.close()
await broker.stop()
await engine.stop()
rmSync(folder, { recursive: true, force: true })
