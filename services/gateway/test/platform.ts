import { join } from 'node:path'
import type { DescService } from '@bufbuild/protobuf'
import type { Bus, Log, Message } from '@saleswright/bus'
import { registry } from '@saleswright/contracts'
import { PasswordSetupService } from '@saleswright/contracts/saleswright/organization/v1/password_setup_pb.ts'
import { customers } from '@saleswright/customers'
import { incentives } from '@saleswright/incentives'
import { orders } from '@saleswright/orders'
import { organization } from '@saleswright/organization'
import { performance } from '@saleswright/performance'
import { reporting } from '@saleswright/reporting'
import { client, connect, healthState, listen } from '@saleswright/rpc'
import type { Hosted, ServiceDefinition } from '@saleswright/service'
import { connectStore } from '@saleswright/store'
import { aClock, hostOn, KEY, suiteBus, suiteEngines, testLog } from '@saleswright/testing'
import { setupTokenOf } from '@saleswright/testing/driver'
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
  { watch, told, log = testLog }: Watching = {},
) => {
  const engines = await suiteEngines()
  const { folder } = engines
  const { clock, pass } = aClock(NOW)
  const bus = overheard(suiteBus(engines.kafka, log), told)
  const files = join(folder, 'files')
  const config = { SETUP_TOKEN, FILES_FOLDER: files }
  const mongo = await connectStore(engines.mongo, { monitorCommands: watch !== undefined })
  afterAll(() => mongo.close())
  if (watch) mongo.getClient().on('commandStarted', ({ command }) => watch(command))
  const hosted = await hostOn(engines, definitions, { mongo, bus, log, clock, config })
  const open = (options: Partial<EdgeOptions> = {}) =>
    openEdge(hosted, { clock, log, blobs: folderBlobs(files), ...options })
  return { hosted, bus, clock, pass, open, files, folder }
}

export const contracts: readonly DescService[] = [...registry].flatMap((type) =>
  type.kind === 'service' ? [type] : [],
)

/** By the address of an edge: the token of the next link of an account, as the operator's command makes it. */
const linksAt = new Map<string, (accountName: string) => Promise<string>>()

export const linkFor = (address: string, accountName: string): Promise<string> => {
  const make = linksAt.get(address)
  if (!make) throw new Error(`there is no edge at ${address}`)
  return make(accountName)
}

const linksOf = ({ transportOf, tokenOf }: Hosted) => {
  const setups = client(PasswordSetupService, transportOf(PasswordSetupService), tokenOf('gateway'))
  return async (accountName: string): Promise<string> => {
    const { companyId, personId, number } = await setups.openPasswordSetup({ accountName })
    return setupTokenOf(KEY, { companyId, personId }, number)
  }
}

const MANY = 1_000_000

type Edge = Partial<EdgeOptions> & Pick<EdgeOptions, 'clock' | 'blobs' | 'log'>

/** Over gRPC, as in production, where every service is another process than the edge. */
const overGrpc = async ({ dispatcher, transportOf }: Hosted): Promise<EdgeOptions['transportOf']> => {
  const running = await listen(dispatcher, '127.0.0.1:0', healthState(true))
  const transport = connect(running.address)
  afterAll(() => running.stop())
  afterAll(() => transport.close())
  const served = new Set(dispatcher.services.map(({ typeName }) => typeName))
  return (service) => (served.has(service.typeName) ? transport : transportOf(service))
}

const openEdge = async (hosted: Hosted, options: Edge) => {
  const transportOf = await overGrpc(hosted)
  const app = await edge({
    services: contracts,
    transportOf,
    verify: hosted.verify,
    ownToken: hosted.tokenOf('gateway'),
    perMinute: MANY,
    ready: async () => true,
    unknownProxy: () => {},
    observe: hosted.metrics.observeHttp,
    ...options,
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(() => app.close())
  const http: Http = httpTo(address)
  linksAt.set(address, linksOf(hosted))
  return { app, address, http }
}
