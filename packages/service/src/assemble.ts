import { EventLogService } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { newId } from '@saleswright/kernel'
import { policyRpc } from '@saleswright/policy'
import { client, type Dispatcher, dispatcher, type Verify } from '@saleswright/rpc'
import type { Context } from './contexts.ts'
import type { Platform, ServiceDefinition } from './definition.ts'
import { eventLogRpc, remoteLog } from './event-log-rpc.ts'
import { type HostedService, hostService, type Shared } from './hosted-service.ts'
import { type IdentityOptions, identity, sessionNews } from './identity.ts'
import { correlated } from './log.ts'
import { hostMetrics, type Metrics } from './metrics.ts'
import { operationsRpc } from './operations-rpc.ts'
import { type Part, sideBySide } from './parts.ts'
import { sourcesOf } from './sources.ts'
import { type Addresses, type Topology, topology } from './topology.ts'

export type Wiring = Omit<Shared, 'clientFor' | 'tokenOf' | 'ownersLogs'> & {
  readonly remote: Addresses
  readonly jwks: IdentityOptions['jwks']
  readonly serviceToken: IdentityOptions['serviceToken']
}

/** The services of a host, put together and not started. */
export type Assembled = {
  readonly services: ReadonlyMap<string, HostedService>
  readonly ways: Topology
  readonly dispatcher: Dispatcher
  readonly metrics: Metrics
  readonly verify: Verify
  readonly tokenOf: (context: Context) => () => Promise<string>
  readonly parts: readonly Part[]
}

export const assemble = (definitions: readonly ServiceDefinition[], wiring: Wiring): Assembled => {
  const { log, clock, key, issuer, remote, jwks, serviceToken } = wiring
  let served: Dispatcher | undefined
  const ways = topology(new Set(definitions.map(({ name }) => name)), remote, () => {
    if (!served) throw new Error('a service called another while the host was being put together')
    return served
  })
  const who = identity({ organization: ways.to('organization'), key, issuer, clock, jwks, serviceToken })
  const tokens = new Map<Context, () => Promise<string>>()
  const tokenOf = (context: Context): (() => Promise<string>) => {
    const token = tokens.get(context) ?? who.tokenOf(context)
    tokens.set(context, token)
    return token
  }
  const services = new Map<string, HostedService>()
  const shared = sharedOf(wiring, ways, tokenOf, services)
  for (const definition of definitions) services.set(definition.name, hostService(definition, shared))
  const hosted = [...services.values()]
  const metrics = hostMetrics(sourcesOf(hosted, { clock, log }))
  const bounds = [...hosted.flatMap(({ built }) => built.bounds), ...commonBounds(services, wiring)]
  served = correlating(dispatcher(bounds, { verify: who.verify, clock, log, observe: metrics.observe }))
  const channels: Part = { name: 'connections to other services', start: async () => {}, stop: ways.close }
  const [first] = definitions
  // Where no organization can be asked for keys, it cannot be asked for ended sessions either.
  const news =
    first && !jwks
      ? [sessionNews(client(EventLogService, ways.to('organization'), tokenOf(first.name)), who.denied, log)]
      : []
  const parts = [channels, ...inStages(hosted, news)]
  return { services, ways, dispatcher: served, metrics, verify: who.verify, tokenOf, parts }
}

const sharedOf = (
  wiring: Wiring,
  ways: Topology,
  tokenOf: Assembled['tokenOf'],
  services: Assembled['services'],
): Shared => ({
  ...wiring,
  tokenOf,
  clientFor:
    (caller): Platform['client'] =>
    (service, at) =>
      client(service, at ? ways.to(at) : ways.toOwnerOf(service), tokenOf(caller)),
  ownersLogs: (reader) => {
    const logOf = (context: string) =>
      services.get(context)?.store.eventLog ??
      remoteLog(client(EventLogService, ways.to(context as Context), tokenOf(reader)), context)
    return {
      readEvents: (context, after, limit) => logOf(context).read(after, limit),
      published: (context) => logOf(context).published(),
    }
  },
})

/** What every host serves for all of its services at once. */
const commonBounds = (services: Assembled['services'], { log }: Wiring) => [
  eventLogRpc((context) => {
    const service = services.get(context)
    return service && { eventLog: service.store.eventLog, wakeRelay: service.relay.wake }
  }),
  operationsRpc((context) => {
    const service = services.get(context)
    return service && { parked: service.parked, eventLog: service.store.eventLog, log }
  }),
  policyRpc((context) => services.get(context)?.built.policies),
]

/** Lines that are written during a call carry its request id. */
const correlating = ({ services, unary, verify }: Dispatcher): Dispatcher => ({
  services,
  verify,
  unary: (method, request, metadata) => {
    const requestId = metadata.requestId ?? newId()
    return correlated(requestId, () => unary(method, request, { ...metadata, requestId }))
  },
})

/** All stores first, then what publishes, then what consumes, then the calendar and what services run besides; stopping goes the other way. */
const inStages = (services: readonly HostedService[], news: readonly Part[]): readonly Part[] => [
  sideBySide(
    'stores',
    services.map(({ stages }) => stages.store),
  ),
  sideBySide(
    'relays',
    services.flatMap(({ stages }) => stages.publishing),
  ),
  sideBySide('consumers', [...news, ...services.flatMap(({ stages }) => stages.consuming)]),
  sideBySide(
    'jobs',
    services.map(({ stages }) => stages.jobs),
  ),
  sideBySide(
    'what services run besides',
    services.flatMap(({ stages }) => stages.own),
  ),
]
