import type { DescService } from '@bufbuild/protobuf'
import type { Bus, Log } from '@saleswright/bus'
import { type Clock, newId, systemClock } from '@saleswright/kernel'
import type { Dispatcher, Transport, Verify } from '@saleswright/rpc'
import { connectStore } from '@saleswright/store'
import type { Connection } from 'mongoose'
import { type Assembled, assemble } from './assemble.ts'
import { type Environment, readTogether } from './config.ts'
import type { Context } from './contexts.ts'
import type { ServiceDefinition } from './definition.ts'
import { drain } from './drained.ts'
import { givingUp, type StopLimits } from './given-up.ts'
import type { IdentityOptions } from './identity.ts'
import type { Metrics } from './metrics.ts'
import type { ParkedOperations } from './parked.ts'
import { type Part, runParts } from './parts.ts'
import { pendingOf } from './pending.ts'
import type { Addresses } from './topology.ts'

export type HostEnvironment = {
  /** A connection that the caller keeps, or a URI; every service takes the database of its name. */
  readonly mongo: Connection | string
  /** The caller's to close. */
  readonly bus: Bus
  /** SALESWRIGHT_KEY, 32 bytes. */
  readonly key: Uint8Array
  readonly log: Log
  readonly clock?: Clock
  /** The `iss` of tokens; "saleswright" when absent. */
  readonly issuer?: string
  /** Where the services answer that are not hosted here. */
  readonly remote?: Addresses
  /** Where other replicas wake the relays of this host; without it they poll. */
  readonly address?: string
  /**
   * The name under which leases are taken, where there is no address: one that is the same after every start lets a process go on at
   * once with what it held when it was killed. No two processes may bear it at a time.
   */
  readonly holder?: string
  readonly config?: Environment
  /** The keys that tokens are believed by, where no organization can be asked: in tests of one service. */
  readonly jwks?: IdentityOptions['jwks']
  /** The token of a service, likewise. */
  readonly serviceToken?: IdentityOptions['serviceToken']
  /** What else keeps the process from being ready, in words. */
  readonly troubles?: () => readonly string[]
  /** How long a stop waits for a database that is gone. */
  readonly stopLimits?: StopLimits
  /** Stops here, by the choice of a test. */
  readonly failPoint?: (context: Context, name: string) => Promise<void>
}

/** A group of consumers: the contexts that it hears, and the full names of the events that it has something to do for. */
export type HostedReaction = {
  readonly group: string
  readonly from: readonly string[]
  readonly types: readonly string[]
}

/** Services that run together in one process. */
export type Hosted = {
  /** For listening, and for whoever calls from outside. */
  readonly dispatcher: Dispatcher
  /** In process for what is hosted here, over gRPC for the rest. */
  readonly transportOf: (service: DescService) => Transport
  /** The same by context: for what every service serves. */
  readonly transportTo: (context: Context) => Transport
  /** Whom this host believes; for an edge that wants to know its caller before a service does. */
  readonly verify: Verify
  /** The token of a hosted service itself. */
  readonly tokenOf: (context: Context) => () => Promise<string>
  readonly parts: readonly Part[]
  /** A part beside these services that waits for them when it stops: like theirs, its stop is not waited for in vain. */
  readonly givingUp: (part: Part) => Part
  readonly metrics: Metrics
  /** What keeps it from being ready, in words. */
  readonly unready: () => Promise<readonly string[]>
  readonly parkedOf: (context: Context) => ParkedOperations
  /** What the reactions of these services listen to. */
  readonly reactions: readonly HostedReaction[]
  /** Does now what the jobs have due by the clock. */
  readonly doDueJobs: () => Promise<void>
  /** Returns when every event of these services was published and every reaction of theirs has passed it. */
  readonly drained: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Throws a sentence for everything that is wrong with what these services read of their own. */
export const readServiceSettings = (definitions: readonly ServiceDefinition[], config: Environment): void =>
  void readTogether(Object.fromEntries(definitions.map(({ name, settings }) => [name, () => settings?.(config)])))

/** Runs services in one process, on one connection to the database. What had started is stopped again when one does not start. */
export const hostServices = async (
  definitions: readonly ServiceDefinition[],
  environment: HostEnvironment,
): Promise<Hosted> => {
  const { mongo, bus, log, key, clock = systemClock, issuer = 'saleswright', config = {} } = environment
  readServiceSettings(definitions, config)
  const connection = typeof mongo === 'string' ? await connectStore(mongo) : mongo
  const close = async (): Promise<void> => {
    if (connection !== mongo) await connection.close()
  }
  try {
    const host = assemble(definitions, {
      connection,
      bus,
      log,
      key,
      clock,
      issuer,
      holder: environment.address ?? environment.holder ?? newId(),
      jwks: environment.jwks,
      serviceToken: environment.serviceToken,
      config,
      remote: environment.remote ?? {},
      failPoint: environment.failPoint ?? (async () => {}),
    })
    const database: Part = { name: 'connection to the database', start: async () => {}, stop: close }
    const answers = () => connection.getClient().db('admin').command({ ping: 1 })
    const giveUp = givingUp({ answers, log, limits: environment.stopLimits })
    const parts = [database, ...host.parts].map(giveUp)
    const running = await runParts(parts)
    return {
      ...faceOf(host, bus),
      parts,
      givingUp: giveUp,
      unready: () => unreadyOf(connection, environment.troubles),
      stop: () => running.stop(),
    }
  } catch (error) {
    await close()
    throw error
  }
}

const PING_MS = 2_000

/** How the embedded engine is, which alone says so in its answer: another server with a full disk does not answer. */
const troublesOf = async (connection: Connection): Promise<readonly string[]> => {
  if (connection.readyState !== 1) return ['the database is not connected']
  try {
    const { health } = await connection.getClient().db('admin').command({ ping: 1 }, { timeoutMS: PING_MS })
    return health === 'read-only' ? ['the disk of the database is full: nothing can be written'] : []
  } catch {
    return ['the database does not answer']
  }
}

const unreadyOf = async (connection: Connection, others: () => readonly string[] = () => []) => [
  ...(await troublesOf(connection)),
  ...others(),
]

const faceOf = ({ services, ways, dispatcher, metrics, verify, tokenOf }: Assembled, bus: Bus) => ({
  dispatcher,
  metrics,
  verify,
  tokenOf,
  transportTo: ways.to,
  transportOf: ways.toOwnerOf,
  reactions: [...services.values()].flatMap(({ name, built }) =>
    (built.reactions ?? []).map((reaction) => ({
      group: `${name}.${reaction.name}`,
      from: reaction.from,
      types: [...new Set(reaction.handlers.map(({ schema }) => schema.typeName))],
    })),
  ),
  parkedOf: (context: Context): ParkedOperations => {
    const service = services.get(context)
    if (!service) throw new Error(`${context} is not hosted here`)
    return service.parked
  },
  doDueJobs: async (): Promise<void> => {
    await Promise.all([...services.values()].map(({ jobs }) => jobs.doDue()))
  },
  drained: (): Promise<void> => drain(pendingOf([...services.values()], bus)),
})
