import { setTimeout as wait } from 'node:timers/promises'
import { type DataFolder, openSecrets, type Secrets } from '../data-folder.ts'
import { withSealedStore } from '../sealed-store.ts'
import { type Child, startChild } from './child.ts'
import type { Answering } from './engines.ts'
import { layOut, NAMES, programOf } from './layout.ts'

export type Fleet = {
  readonly secrets: Secrets
  readonly children: readonly Child[]
  /** The first that ended without having been told to, in a sentence. */
  readonly failed: Promise<Error>
  readonly stop: () => Promise<void>
}

export type FleetOptions = {
  readonly folder: DataFolder
  readonly http: { readonly host: string; readonly port: number }
  readonly logLevel: string
  /** Gets every line of every process. */
  readonly say: (name: string, line: string) => void
}

const ENGINES = new URL('./engines.ts', import.meta.url)
/** As in production, so that services are tried out under the instrumentation that they will have. */
const TRACING = import.meta.resolve('@saleswright/service/otel')
const READY_WITHIN_MS = 60_000

/** The engines as one process, then every service as one; together they answer or none of them stays. */
export const startFleet = async ({ folder, http, logLevel, say }: FleetOptions): Promise<Fleet> => {
  const children: Child[] = []
  const failed = Promise.withResolvers<Error>()
  let isStopping = false
  const launch = (start: Omit<Parameters<typeof startChild>[0], 'say'>): Child => {
    if (isStopping) throw new Error('it is stopping')
    const child = startChild({ ...start, say: (line) => say(start.name, line) })
    children.push(child)
    void child.ended.then((how) => {
      if (!isStopping) failed.resolve(new Error(`${start.name} ended (${how})`))
    })
    return child
  }
  /** Services first, for they still write; then what they write to. */
  const stop = async (): Promise<void> => {
    isStopping = true
    const [engines, ...services] = children
    await Promise.all(services.map((service) => service.stop()))
    await engines?.stop()
  }
  try {
    const engines = launch({ name: 'engines', program: ENGINES, args: [folder.path] })
    const answering = await orFailed(failed.promise, engines.told as Promise<Answering>)
    if ('error' in answering) throw new Error(answering.error)
    const secrets = await withSealedStore(answering.mongo, (store) => openSecrets(folder, store))
    const laying = { ...secrets, folder, engines: answering, http, logLevel }
    const starts = NAMES.map(async (name) => {
      const { operatorPort, variables } = await layOut(name, laying)
      launch({ name, program: programOf(name), preloads: [TRACING], variables })
      await ready(name, operatorPort)
    })
    await orFailed(failed.promise, Promise.all(starts))
    return { secrets, children, failed: failed.promise, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const orFailed = async <T>(failed: Promise<Error>, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    failed.then((error) => {
      throw error
    }),
  ])

/** Until the service says to its operators that it can be called. */
const ready = async (name: string, operatorPort: number): Promise<void> => {
  const end = Date.now() + READY_WITHIN_MS
  while (Date.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${operatorPort}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 1_000} seconds`)
}
