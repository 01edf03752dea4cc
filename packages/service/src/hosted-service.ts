import {
  type Bus,
  consumer,
  type EventConsumer,
  type Log,
  type OwnersLogs,
  type Reaction,
  type Relay,
  relay,
  topicOf,
} from '@saleswright/bus'
import { type Clock, newId } from '@saleswright/kernel'
import { openStore, type Store } from '@saleswright/store'
import type { Connection } from 'mongoose'
import { aloneUnder } from './alone.ts'
import { checkpointNews } from './checkpoint-news.ts'
import { type Context, POLICY_OWNERS } from './contexts.ts'
import type { Built, Platform, ServiceDefinition } from './definition.ts'
import { type Jobs, jobRunner } from './jobs.ts'
import { type ParkedOperations, parkedOperations } from './parked.ts'
import type { Part } from './parts.ts'
import { auditSeal } from './seal.ts'
import { isServiceSecret, sealingKey, serviceActor } from './secrets.ts'
import { traced } from './traced.ts'
import { relayWaker } from './waker.ts'

/** What all services of a host share. */
export type Shared = {
  readonly connection: Connection
  readonly bus: Bus
  readonly key: Uint8Array
  readonly clock: Clock
  readonly log: Log
  readonly issuer: string
  /** The name under which leases are taken: an address where this process can be woken, or any other name. */
  readonly holder: string
  readonly config: Platform['config']
  readonly failPoint: (context: Context, name: string) => Promise<void>
  readonly clientFor: (context: Context) => Platform['client']
  readonly tokenOf: (context: Context) => () => Promise<string>
  readonly ownersLogs: (reader: Context) => OwnersLogs
}

/** One service with everything that runs for it. */
export type HostedService = {
  readonly name: Context
  readonly built: Built
  readonly store: Store
  readonly relay: Relay
  /** By the name of the group. */
  readonly consumers: ReadonlyMap<string, EventConsumer>
  readonly jobs: Jobs
  readonly parked: ParkedOperations
  readonly stages: Stages
}

/** The parts of a service by when they start. */
type Stages = {
  readonly store: Part
  readonly publishing: readonly Part[]
  readonly consuming: readonly Part[]
  readonly jobs: Part
  readonly own: readonly Part[]
}

export const hostService = ({ name, build }: ServiceDefinition, shared: Shared): HostedService => {
  const { bus, clock, holder } = shared
  const store = openStore({
    connection: shared.connection,
    name,
    clock,
    holder,
    seal: auditSeal(shared.key, name),
    failPoint: (point) => shared.failPoint(name, point),
  })
  const platform = platformOf(name, store, shared)
  const built = build(platform)
  if (built.policies && !POLICY_OWNERS.some((owner) => owner === name)) {
    throw new Error(`${name} has policies and is not among POLICY_OWNERS`)
  }
  const { log } = platform
  const published = relayOf(store, platform, { bus, holder })
  const consumers = new Map(
    (built.reactions ?? []).map((reaction) => {
      const group = `${name}.${reaction.name}`
      return [group, consumerOf(traced(group, reaction), group, { ...shared, log, inbox: store.inbox, reader: name })]
    }),
  )
  const news = checkpointNews({ context: name, eventLog: store.eventLog, bus })
  const jobs = jobRunner({ jobs: [...(built.jobs ?? []), news], store, clock, log, alone: platform.alone })
  const waker = relayWaker({
    context: name,
    eventLog: store.eventLog,
    lease: `relay ${topicOf(name)}`,
    publishes: () => published.state().holdsLease,
    token: shared.tokenOf(name),
    log,
  })
  const stages: Stages = {
    store: { name: `store of ${name}`, start: () => store.start(built.migrations), stop: async () => {} },
    publishing: [published, waker],
    consuming: [...consumers.values()],
    jobs: { ...jobs, name: `jobs of ${name}` },
    own: built.parts ?? [],
  }
  const parked = parkedOperations(store.inbox.parked, consumers)
  return { name, built, store, consumers, jobs, relay: published, parked, stages }
}

const relayOf = (
  { eventLog }: Store,
  { name, log, failPoint }: Platform,
  { bus, holder }: Pick<Shared, 'bus' | 'holder'>,
): Relay => relay({ log: eventLog, bus, topic: topicOf(name), holder, logger: log, failPoint })

type Reading = Pick<Shared, 'bus' | 'log' | 'ownersLogs' | 'failPoint'> & {
  readonly inbox: Store['inbox']
  readonly reader: Context
}

const consumerOf = (
  reaction: Reaction,
  group: string,
  { bus, log, inbox, reader, ownersLogs, failPoint }: Reading,
): EventConsumer =>
  consumer({
    bus,
    log,
    inbox,
    group,
    topics: reaction.from.map(topicOf),
    handlers: reaction.handlers,
    owners: ownersLogs(reader),
    failPoint: (point) => failPoint(reader, `${point} ${reaction.name}`),
  })

const platformOf = (name: Context, store: Store, shared: Shared): Platform => {
  const { clock, log, key, issuer, config, holder } = shared
  return {
    name,
    store,
    alone: aloneUnder(store.eventLog, holder),
    clock,
    issuer,
    config,
    log: named(log, name),
    client: shared.clientFor(name),
    secret: sealingKey(key, name),
    provesService: (service, shown) => isServiceSecret(key, service, shown),
    cause: () => ({ actor: serviceActor(name), at: clock.now(), correlationId: newId() }),
    failPoint: (point) => shared.failPoint(name, point),
  }
}

/** The same log, each line with the name of the service. */
const named = (log: Log, context: Context): Log => ({
  error: (fields, message) => log.error({ context, ...fields }, message),
  warn: (fields, message) => log.warn({ context, ...fields }, message),
  info: (fields, message) => log.info({ context, ...fields }, message),
  debug: (fields, message) => log.debug({ context, ...fields }, message),
})
