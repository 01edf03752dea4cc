import { join } from 'node:path'
import type { DescService } from '@bufbuild/protobuf'
import { type Bus, kafka, type Log, type Message } from '@saleswright/bus'
import { registry } from '@saleswright/contracts'
import { customers } from '@saleswright/customers'
import { clientOptions } from '@saleswright/embedded'
import { incentives } from '@saleswright/incentives'
import type { Clock } from '@saleswright/kernel'
import { orders } from '@saleswright/orders'
import { organization } from '@saleswright/organization'
import { performance } from '@saleswright/performance'
import { reporting } from '@saleswright/reporting'
import { type Hosted, hostServices, openLog, type ServiceDefinition } from '@saleswright/service'
import { connectStore } from '@saleswright/store'
import { suiteEngines } from '@saleswright/testing'
import { afterAll } from 'vitest'
import { type EdgeOptions, edge } from '../src/edge/http-app.ts'
import { folderBlobs } from '../src/file/blobs.ts'
import { gateway } from '../src/service.ts'
import { type Http, httpTo } from './http.ts'

export const SETUP_TOKEN = 'a-token-for-once'
const NOW = new Date('2026-03-10T04:00:00Z')
export const TODAY = '2026-03-10'

/** The services that the edge is tested in front of. */
const SERVICES: readonly ServiceDefinition[] = [organization, customers, orders, incentives, gateway]

/** All that there are. */
export const EVERY_SERVICE: readonly ServiceDefinition[] = [...SERVICES, performance, reporting]

export const log = openLog('test', process.env.DEBUG_LOG ? 'debug' : 'silent')

/** The time of a test: it moves when the test says so. */
const aClock = () => {
  let now = NOW
  const clock: Clock = { now: () => now }
  const pass = (seconds: number): void => {
    now = new Date(now.getTime() + seconds * 1000)
  }
  return { clock, pass }
}

type Watching = {
  /** Commands to the database. */
  readonly watch?: (command: object) => void
  /** What the services tell each other. */
  readonly told?: (topic: string, message: Message) => void
  readonly log?: Log
}

const overheard = (bus: Bus, told: Watching['told']): Bus => ({
  ...bus,
  publish: async (topic, messages) => {
    for (const message of messages) told?.(topic, message)
    await bus.publish(topic, messages)
  },
})

/** The services of a suite on engines of their own, and as many edges in front of them as it opens. */
export const startPlatform = async (
  definitions: readonly ServiceDefinition[] = SERVICES,
  { watch, told, log: written = log }: Watching = {},
) => {
  const { mongo, kafka: broker, folder } = await suiteEngines()
  const { clock, pass } = aClock()
  const bus = overheard(kafka({ clientId: 'test', log: written, ...clientOptions(broker) }), told)
  const files = join(folder, 'files')
  const config = { SETUP_TOKEN, FILES_FOLDER: files }
  const connection = await connectStore(mongo, { monitorCommands: watch !== undefined })
  if (watch) connection.getClient().on('commandStarted', ({ command }) => watch(command))
  const hosted = await hostServices(definitions, {
    mongo: connection,
    bus,
    log: written,
    key: Buffer.alloc(32, 7),
    clock,
    config,
  })
  afterAll(async () => {
    await hosted.stop()
    await connection.close()
    await bus.close()
  })
  const open = (options: Partial<EdgeOptions> = {}) =>
    openEdge(hosted, { clock, log: written, blobs: folderBlobs(files), ...options })
  return { hosted, bus, clock, pass, open, files, folder }
}

export const contracts: readonly DescService[] = [...registry].flatMap((type) =>
  type.kind === 'service' ? [type] : [],
)

const MANY = 1_000_000

type Edge = Partial<EdgeOptions> & Pick<EdgeOptions, 'clock' | 'blobs' | 'log'>

const openEdge = async (hosted: Hosted, options: Edge) => {
  const app = await edge({
    services: contracts,
    transportOf: hosted.transportOf,
    verify: hosted.verify,
    ownToken: hosted.tokenOf('gateway'),
    perMinute: MANY,
    ready: async () => true,
    ...options,
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => app.close())
  const http: Http = httpTo(address)
  return { app, address, http }
}
