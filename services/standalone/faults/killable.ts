import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Trap } from '@saleswright/testing/faults'
import type { Platform } from './hosting.ts'
import type { Order } from './platform-program.ts'

/** The platform as a process of its own. */
export type Killable = Platform & {
  readonly pid: number
  /** From now on the process dies when it comes to this place. */
  readonly lay: (trap: Trap) => Promise<void>
  /** Resolves when the process is gone: the signal that ended it, and the last place that it died at on purpose. */
  readonly died: Promise<{ readonly signal: string | null; readonly at: string }>
}

type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string }

const PROGRAM = fileURLToPath(new URL('platform-program.ts', import.meta.url))

const lastDeath = (data: string): string =>
  readFileSync(join(data, 'fail-points'), { encoding: 'utf8', flag: 'a+' }).trim().split('\n').at(-1) ?? ''

/** `execArgv` for whoever wants to profile it. */
export const startKillable = async (data: string, execArgv: readonly string[] = []): Promise<Killable> => {
  const child = fork(PROGRAM, [data], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...execArgv] })
  const waiting = new Map<number, (answer: Answer) => void>()
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  child.on('message', ({ id, ...answer }: Answer) => waiting.get(id)?.({ id, ...answer }))
  const answered = async (id: number): Promise<unknown> => {
    const answer = new Promise<Answer>((resolve) => void waiting.set(id, resolve))
    const gone = exited.then(([code, signal]): Answer => ({ id, error: `the platform ended with ${signal ?? code}` }))
    const { error, result } = await Promise.race([answer, gone])
    waiting.delete(id)
    if (error !== undefined) throw new Error(error)
    return result
  }
  let orders = 0
  const send = (order: Order extends infer O ? (O extends Order ? Omit<O, 'id'> : never) : never): Promise<unknown> => {
    orders++
    const answer = answered(orders)
    if (child.connected) child.send({ ...order, id: orders })
    return answer
  }
  const running = (await answered(0)) as Omit<Platform, 'drained' | 'audit' | 'stop'>
  return {
    ...running,
    pid: child.pid ?? 0,
    died: exited.then(([, signal]) => ({ signal, at: lastDeath(data) })),
    lay: async (trap) => void (await send({ ask: 'lay', trap })),
    drained: async () => void (await send({ ask: 'drained' })),
    audit: async (context) => (await send({ ask: 'audit', context })) as string | undefined,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      await send({ ask: 'stop' }).finally(() => child.connected && child.disconnect())
      await exited
    },
  }
}
