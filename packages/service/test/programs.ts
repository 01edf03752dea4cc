import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, vi } from 'vitest'

/** A program of this folder as a process of its own; it is killed after the test if it still runs. */
export const startProgram = (
  file: string,
  args: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
) => {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const env = { PATH: process.env.PATH, ...variables }
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const output = () => said.join('')
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    ended: once(child, 'close').then(([code]) => ({ code, output: output() })),
    /** The first match in what it says. */
    hears: (pattern: RegExp): Promise<RegExpExecArray> =>
      vi.waitFor(
        () => {
          const match = pattern.exec(output())
          expect(match, output()).not.toBeNull()
          return match!
        },
        { timeout: 30_000 },
      ),
  }
}
