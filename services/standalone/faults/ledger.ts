import { setTimeout as wait } from 'node:timers/promises'
import { kafka } from '@saleswright/bus'
import { clientOptions } from '@saleswright/embedded'
import { openLog } from '@saleswright/service'
import { connectStore } from '@saleswright/store'
import type { Http } from '@saleswright/testing/driver'
import { checkLedger, type Facts, type Finding, type Intent, type Rebuilt } from '@saleswright/testing/ledger'
import { SERVICES } from '../src/services.ts'
import type { Platform } from './hosting.ts'
import { effectsOf, moneyOf } from './read-effects.ts'
import { exposureFacts, orderFacts, orderRows, stockFacts } from './read-orders.ts'
import { acknowledgedOf, eventsOf, publishedOn, readService } from './read-services.ts'

type Driven = {
  readonly platform: Platform
  readonly http: Http
  /** Of somebody who may build the read models again. */
  readonly token: string
  readonly intents: readonly Intent[]
}

const CONTEXTS = SERVICES.map(({ name }) => name)

/** Waits until the platform is at rest, reads it through its stores and its bus, and holds it against the driver's journal. */
export const ledgerOf = async (driven: Driven): Promise<readonly Finding[]> => {
  await driven.platform.drained()
  return checkLedger(await readFacts(driven))
}

const readFacts = async ({ platform, http, token, intents }: Driven): Promise<Facts> => {
  const rebuilt = await rebuild(http, token)
  const connection = await connectStore(platform.mongo)
  const log = openLog('ledger', 'silent')
  const bus = kafka({ clientId: 'ledger', log, ...clientOptions(platform.kafka) })
  try {
    const published = platform.acknowledged
      ? acknowledgedOf(platform.acknowledged(), CONTEXTS)
      : await publishedOn(bus, CONTEXTS)
    const services = await Promise.all(
      CONTEXTS.map(async (name) => {
        const events = await eventsOf(connection, name)
        return {
          events,
          facts: await readService({ ...platform, connection }, { name, events, published: published.get(name) ?? [] }),
        }
      }),
    )
    const orders = await orderRows(connection)
    const told = services.find(({ facts }) => facts.name === 'orders')?.events ?? []
    return {
      intents,
      orders: orderFacts(orders, told),
      services: services.map(({ facts }) => facts),
      effects: await effectsOf(connection, services),
      money: await moneyOf(connection, orders),
      stock: await stockFacts(connection, orders),
      exposures: await exposureFacts(connection, orders),
      rebuilt,
    }
  } finally {
    await bus.close()
    await connection.close()
  }
}

const AGAIN_MS = 200

/** Asks with one key until the rebuild is done: a large one takes longer than a request may. */
const rebuild = async (http: Http, token: string): Promise<Rebuilt> => {
  const key = crypto.randomUUID()
  for (;;) {
    const { status, json, text } = await http.call('POST', '/v1/read-models/rebuild', { token, key, body: {} })
    if (status < 300) {
      const { events, digest, previousDigest } = json
      return { events: Number(events), digest: String(digest), previousDigest: String(previousDigest) }
    }
    if (status !== 503) throw new Error(`the read models were not built again: ${status} ${text}`)
    await wait(AGAIN_MS)
  }
}
