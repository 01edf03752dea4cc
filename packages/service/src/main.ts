import { connect } from 'node:net'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { ProxyTracerProvider, trace } from '@opentelemetry/api'
import { kafka, type Log } from '@saleswright/bus'
import { type HealthState, healthState, listen } from '@saleswright/rpc'
import { ConfigError, type Environment, readTogether } from './config.ts'
import type { ServiceDefinition } from './definition.ts'
import { type Hosted, hostServices, readServiceSettings } from './host.ts'
import { openLog } from './log.ts'
import { operatorOf } from './operator.ts'
import { type Part, runParts } from './parts.ts'
import { runUntilSignalled } from './run.ts'
import { readSettings } from './settings.ts'

type Settings = ReturnType<typeof readSettings>

export type MainOptions<S> = {
  readonly environment?: Environment
  /** The settings of what else runs in the process. */
  readonly reads: (environment: Environment) => S
  /** What else runs in the process, once the service does: the HTTP edge of the gateway. */
  readonly besides: (hosted: Hosted, log: Log, settings: S) => readonly Part[]
}

const ALONE: MainOptions<unknown> = { reads: () => undefined, besides: () => [] }

/** A service as a program of its own, until SIGINT or SIGTERM. All that is wrong with its settings is said at once, and it ends with 1. */
export function main(definition: ServiceDefinition): Promise<void>
export function main<S>(definition: ServiceDefinition, options: MainOptions<S>): Promise<void>
export async function main(definition: ServiceDefinition, options: MainOptions<unknown> = ALONE): Promise<void> {
  ownFilesOnly()
  const { environment = process.env, reads, besides } = options
  const { settings, others } = settingsOrExit(definition.name, () =>
    readTogether({
      settings: () => readSettings(definition.name, environment),
      others: () => reads(environment),
      own: () => readServiceSettings([definition], environment),
    }),
  )
  const log = openLog(definition.name, settings.level)
  const health = healthState()
  const program = { definition, settings, log, health, environment }
  const beside = (hosted: Hosted): readonly Part[] => besides(hosted, log, others)
  await runUntilSignalled([...programParts(program, beside)], { log })
}

const OTHERS = 0o077

/** What this process and those that it starts write is read by their user alone, whatever the terminal allows. */
const ownFilesOnly = (): void => void process.umask(OTHERS)

/** Settings, or a sentence for each variable that is missing or bad and the end of the process. */
const settingsOrExit = <T>(name: string, read: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const sentence of error.message.split('\n')) console.error(`${name}: ${sentence}`)
    return process.exit(1)
  }
}

type Program = {
  readonly definition: ServiceDefinition
  readonly settings: Settings
  readonly log: Log
  readonly health: HealthState
  readonly environment: Environment
}

/** Operators can look from the first moment; the world may call when everything else runs, and not any more when it stops. */
const programParts = (program: Program, besides: (hosted: Hosted) => readonly Part[]): readonly Part[] => {
  const { settings, log, health } = program
  const bus = kafka({ clientId: program.definition.name, log, ...brokersOf(settings.brokers) })
  let hosted: Hosted | undefined
  const host = (): Hosted => {
    if (!hosted) throw new Error('the services do not run yet')
    return hosted
  }
  const services = async () => {
    hosted = await hostServices([program.definition], environmentOf(program, bus))
    return hosted
  }
  /** Its last answers may wait for the database. */
  const answering = (waiting: Part): Part => ({ ...waiting, stop: () => host().givingUp(waiting).stop() })
  const serve = async () => {
    const server = await listen(host().dispatcher, settings.listen, health)
    log.info({ address: server.address }, `answering gRPC on ${server.address}`)
    return server
  }
  return [
    operatorOf({
      port: settings.operatorPort,
      host: settings.operatorHost,
      hosted: () => hosted,
      serving: health.serving,
      listening: (address) => log.info({ address }, `answering operators on ${address}`),
    }),
    { name: 'traces', start: async () => {}, stop: flushTraces },
    { name: 'bus', start: async () => {}, stop: () => bus.close() },
    part('services', services),
    answering(part('gRPC server', serve)),
    answering(part('what runs besides', () => runParts(besides(host())))),
    { name: 'readiness', start: async () => health.set(true), stop: async () => health.set(false) },
  ]
}

/** A part of something that runs from when it was made, and can be stopped. */
const part = (name: string, run: () => Promise<{ stop(): Promise<void> }>): Part => {
  let running: { stop(): Promise<void> } | undefined
  return {
    name,
    start: async () => {
      running = await run()
    },
    stop: async () => running?.stop(),
  }
}

const environmentOf = ({ settings, log, environment }: Program, bus: ReturnType<typeof kafka>) => ({
  mongo: settings.mongo,
  key: settings.key,
  issuer: settings.issuer,
  remote: settings.remote,
  config: environment,
  bus,
  log,
  ...(settings.advertise ? { address: settings.advertise } : placeOf(settings.listen)),
})

/** No two processes of a machine listen on one address: who does is the successor of whoever did. Port 0 is another one each time. */
const placeOf = (address: string) =>
  address.endsWith(':0') ? {} : { holder: `the process at ${address} on ${hostname()}` }

/** A broker by its socket, or brokers by their addresses. */
const brokersOf = ([first = '', ...others]: readonly string[]) =>
  first.startsWith('/')
    ? {
        brokers: ['localhost:9092'],
        socketFactory: ({ onConnect }: { onConnect: () => void }) => connect(first, onConnect),
      }
    : { brokers: [first, ...others] }

/** A collector that does not answer shall not hold up the end. */
const FLUSH_MS = 2_000

const flushTraces = async (): Promise<void> => {
  const provider = trace.getTracerProvider()
  const delegate = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider
  if (!('forceFlush' in delegate) || typeof delegate.forceFlush !== 'function') return
  await Promise.race([delegate.forceFlush(), wait(FLUSH_MS, undefined, { ref: false })])
}
