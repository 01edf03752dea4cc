import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '../src/processes/ports.ts'
import type { Get } from './actual.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** How `npm start` bounds the heaps: what is measured here is what people start. */
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } }
const BOUNDS = scripts.start.split(' ').filter((word) => word.startsWith('--max-'))
const MAIN = join(ROOT, 'services/standalone/src/main.ts')
const IMPORT = join(ROOT, 'tools/import/main.ts')

/** The real program on a folder. */
export type Program = {
  readonly address: string
  /** Whether everything is published and every consumer has had it, as the operators' measures say. */
  readonly drained: () => Promise<boolean>
  readonly process: ChildProcess
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

export const startProgram = async (data: string): Promise<Program> => {
  const args = [...BOUNDS, MAIN, '--empty', '--port', '0', '--data', data]
  const port = await freePort(0)
  const env = { ...process.env, OPERATOR_PORT: String(port) }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const exited = once(child, 'exit')
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    await exited
  }
  const lines = createInterface(child.stdout)
  const address = await new Promise<string | undefined>((found) => {
    void exited.then(() => found(undefined))
    lines.on('line', (line) => {
      // The operators' port, which it names too, is not the API.
      const said = /^Saleswright answers on (http:\/\/[^\s/]+)/.exec(line)?.[1]
      if (said) found(said)
      // What it logs stays to be seen, and its pipe must not fill up.
      if (line.startsWith('{')) console.error(line)
    })
  })
  if (!address) throw new Error('the platform ended before it answered')
  const drained = async (): Promise<boolean> => {
    const measures = await fetch(`http://127.0.0.1:${port}/metrics`)
    return (await measures.text()).split('\n').every((line) => !WAITING.test(line) || line.endsWith(' 0'))
  }
  return { address, drained, process: child, end }
}

/** What is not published yet, and what consumers have not reached. */
const WAITING = /^saleswright_(oldest_unsent_event_seconds|consumer_lag_events)\{/

/** Runs `npm run import` to its end, as somebody at a terminal would; gives what it printed. */
export const runImport = async (program: Pick<Program, 'address'>, data: string, folder: string) => {
  const args = [IMPORT, folder, '--profile', 'crm', '--url', program.address, '--data', data]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return { code, printed }
}

/** Reads as the administrator whom the import founded the company with. */
export const reader = (program: Pick<Program, 'address'>, data: string): Get => {
  let token: Promise<string> | undefined
  const signIn = async (): Promise<string> => {
    const body = readFileSync(join(data, 'import-account'), 'utf8')
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${program.address}/v1/sessions`, { method: 'POST', body, headers })
    return ((await response.json()) as { accessToken: string }).accessToken
  }
  return async <T>(path: string): Promise<T> => {
    token ??= signIn()
    const response = await fetch(program.address + path, { headers: { authorization: `Bearer ${await token}` } })
    if (response.status === 401) {
      token = undefined
      return reader(program, data)<T>(path)
    }
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** Resident memory of a process and all below it, in MiB; 0 where the system does not tell. */
export const treeMemory = (pid: number): number => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
    return children.reduce((sum, child) => sum + treeMemory(Number(child)), own)
  } catch {
    return 0
  }
}
