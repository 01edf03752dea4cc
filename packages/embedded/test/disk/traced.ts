import { fork, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Addresses, EngineOptions } from '../../src/engines.ts'
import type { Told } from '../../src/hosted.ts'

const ENTRY = fileURLToPath(new URL('../../src/hosted.ts', import.meta.url))

export const mayTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0

/** A call to the system before which a process is killed, counted from its start. */
export type Point = { readonly call: string; readonly nth: number }

export type Traced<O extends EngineOptions> = {
  /** None when it was killed before it answered. */
  readonly addresses: Addresses<O> | undefined
  /** How it ended. */
  readonly ended: Promise<NodeJS.Signals | null>
  /** It ends when its parent does. */
  readonly disconnect: () => void
}

/** Engines in a process of their own that is killed at the nth call of one kind: always at the same place in their work. */
export const startTraced = async <O extends EngineOptions>(options: O, { call, nth }: Point): Promise<Traced<O>> => {
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${nth}`]
  const child = fork(ENTRY, [JSON.stringify(options)], {
    execPath: 'strace',
    execArgv: ['-f', '-qq', '-o', '/dev/null', ...inject, process.execPath],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const started = Promise.withResolvers<Addresses<O> | undefined>()
  const ended = Promise.withResolvers<NodeJS.Signals | null>()
  child.on('message', ({ addresses, error }: Told) => {
    if (addresses) started.resolve(addresses as Addresses<O>)
    if (error !== undefined) started.reject(new Error(error))
  })
  child.on('exit', (_, signal) => {
    started.resolve(undefined)
    ended.resolve(signal)
  })
  child.on('error', started.reject)
  return { addresses: await started.promise, ended: ended.promise, disconnect: () => child.disconnect() }
}
