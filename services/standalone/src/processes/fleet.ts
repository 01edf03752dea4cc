import { setTimeout as wait } from 'node:timers/promises'
import { type DataFolder, makeSocketFolder, openSecrets, removeSocketFolder, type Secrets } from '../data-folder.ts'
import type { Elsewhere, Engines } from '../engines.ts'
import { withSealedStore } from '../sealed-store.ts'
import type { Answering } from './engines.ts'
import { type KeptChild, keptChild } from './kept-child.ts'
import { layOut, NAMES, programOf } from './layout.ts'

export type Fleet = {
  readonly secrets: Secrets
  /** Each is started again when it ends by itself. */
  readonly children: readonly KeptChild[]
  readonly stop: () => Promise<void>
}

export type FleetOptions = {
  readonly folder: DataFolder
  readonly http: { readonly host: string; readonly port: number }
  readonly logLevel: string
  /** What runs already: with both, no engines are started. */
  readonly elsewhere: Elsewhere
  /** Gets every line of every process. */
  readonly say: (name: string, line: string) => void
}

const ENGINES = 'engines'
const ENGINES_PROGRAM = new URL('./engines.ts', import.meta.url)
/** As in production, so that services are tried out under the instrumentation that they will have. */
const TRACING = import.meta.resolve('@saleswright/service/otel')
const READY_WITHIN_MS = 60_000

/** The engines as one process, then every service as one; together they answer or none of them stays. From then on each is kept. */
export const startFleet = async ({ folder, http, logLevel, elsewhere, say }: FleetOptions): Promise<Fleet> => {
  const children: KeptChild[] = []
  const failed = Promise.withResolvers<Error>()
  let isStopping = false
  const launch = (start: Omit<Parameters<typeof keptChild>[0], 'say'>): KeptChild => {
    if (isStopping) throw new Error('it is stopping')
    const child = keptChild({ ...start, say: (line) => say(start.name, line) })
    children.push(child)
    void child.ended.then((how) => {
      if (!isStopping) failed.resolve(new Error(`${start.name} ended (${how})`))
    })
    return child
  }
  /** Services first, for they still write; then what they write to. */
  const stop = async (): Promise<void> => {
    isStopping = true
    await Promise.all(children.filter(({ name }) => name !== ENGINES).map((child) => child.stop()))
    await Promise.all(children.map((child) => child.stop()))
    removeSocketFolder(folder)
  }
  makeSocketFolder(folder)
  try {
    const answering = await answeringOf(elsewhere, () => {
      const engines = launch({ name: ENGINES, program: ENGINES_PROGRAM, args: [folder.path] })
      return orFailed(failed.promise, engines.current().told as Promise<Answering>)
    })
    const secrets = await withSealedStore(answering.mongo, (store) => openSecrets(folder, store))
    const laying = { ...secrets, folder, engines: answering, http, logLevel }
    const starts = NAMES.map(async (name) => {
      const { operatorPort, variables } = await layOut(name, laying)
      launch({ name, program: programOf(name), preloads: [TRACING], variables })
      await ready(name, operatorPort)
    })
    await orFailed(failed.promise, Promise.all(starts))
    for (const child of children) child.keep()
    return { secrets, children, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const answeringOf = async (
  { mongo, kafka }: Elsewhere,
  start: () => Promise<Answering>,
): Promise<Pick<Engines, 'mongo' | 'kafka'>> => {
  if (mongo && kafka) return { mongo, kafka }
  const answering = await start()
  if ('error' in answering) throw new Error(answering.error)
  return answering
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
  const end = performance.now() + READY_WITHIN_MS
  while (performance.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${operatorPort}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error(`${name} was not ready within ${READY_WITHIN_MS / 1_000} seconds`)
}
