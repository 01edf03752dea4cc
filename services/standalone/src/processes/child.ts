import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type Child = {
  readonly name: string
  readonly pid: number
  /** The first thing it tells over its channel; never, when it ends before. */
  readonly told: Promise<unknown>
  /** How it ended: "code 1", "SIGKILL". */
  readonly ended: Promise<string>
  readonly stop: () => Promise<void>
}

export type Start = {
  readonly name: string
  readonly program: URL
  readonly args?: readonly string[]
  /** What is loaded before the program. */
  readonly preloads?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
  /** Gets every line that it writes. */
  readonly say: (line: string) => void
}

const WITH_PARENT = new URL('./with-parent.ts', import.meta.url).href

/**
 * A process of a group of its own, so that a Ctrl-C in the terminal reaches only the program that started it: that one stops the
 * others in their order.
 */
export const startChild = ({ name, program, args = [], preloads = [], variables = {}, say }: Start): Child => {
  const imports = [WITH_PARENT, ...preloads].flatMap((module) => ['--import', module])
  const child = spawn(process.execPath, [...imports, fileURLToPath(program), ...args], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  const written = [child.stdout, child.stderr].map((stream) => eachLine(stream, say))
  const ended = once(child, 'exit').then(
    async ([code, signal]) => {
      await Promise.all(written)
      return signal ? String(signal) : `code ${String(code)}`
    },
    (error: Error) => error.message,
  )
  return {
    name,
    pid: child.pid ?? 0,
    told: new Promise((resolve) => void child.once('message', resolve)),
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

const eachLine = async (stream: Readable | null, say: (line: string) => void): Promise<void> => {
  if (stream) for await (const line of createInterface(stream)) say(line)
}
