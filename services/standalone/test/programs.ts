import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { aFolder as aFolderUntil } from '@saleswright/testing'
import { expect, onTestFinished, vi } from 'vitest'

export const aFolder = (): string => aFolderUntil(onTestFinished)

let shared: string | undefined

/** The temporary folder of all programs of one test: whoever is killed leaves its sockets there. */
export const temporary = (): string => {
  if (shared) return shared
  onTestFinished(() => {
    shared = undefined
  })
  shared = aFolder()
  return shared
}

type Surroundings = {
  /** What executes the program, when it is not started directly. */
  readonly shell?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
}

/** A program of this service as a process of its own; it is killed after the test if it still runs. */
const launch = (file: string, args: readonly string[], { shell = [], variables = {} }: Surroundings = {}) => {
  const path = fileURLToPath(new URL(`../src/${file}`, import.meta.url))
  const [command = '', ...words] = [...shell, process.execPath, path, ...args]
  const env = { ...process.env, TMPDIR: temporary(), ...variables }
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const said = { out: '', error: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.error += text
  })
  const ended = once(child, 'close').then(([code]) => ({ ...said, code: code as number | null }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, said, ended }
}

/** The real program, once it answers. */
export const running = (file: string, ...args: readonly string[]) => runningWith({}, file, ...args)

/** The same with more variables in its environment. */
export const runningWith = (variables: Readonly<Record<string, string>>, file: string, ...args: readonly string[]) =>
  answering(launch(file, args, { variables }))

/** The same from a terminal that lets everybody read and write what its programs make. */
export const runningOpenly = (file: string, ...args: readonly string[]) =>
  answering(launch(file, args, { shell: ['bash', '-c', 'umask 000; exec "$0" "$@"'] }))

const answering = async ({ child, said, ended }: ReturnType<typeof launch>) => {
  const hears = (pattern: RegExp): Promise<RegExpExecArray> =>
    vi.waitFor(
      () => {
        const match = pattern.exec(said.out)
        expect(match, `${said.out}${said.error}`).not.toBeNull()
        return match!
      },
      { timeout: 60_000, interval: 50 },
    )
  const [, address = ''] = await hears(/answers on (http:\S+)/)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return { address, hears, end, ended }
}

/** What a program that ends by itself leaves behind. */
export const ended = (file: string, ...args: readonly string[]) => launch(file, args).ended

/** The same where no file may grow beyond a size: what a failing disk does to a server that writes. */
export const endedOnDisk = (kibibytes: number, file: string, ...args: readonly string[]) =>
  launch(file, args, { shell: ['bash', '-c', `ulimit -f ${kibibytes}; exec "$0" "$@"`] }).ended
