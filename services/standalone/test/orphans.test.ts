import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aFolder, temporary } from './programs.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** By which `npm run …` starts every program. */
const CHILD = new URL('../../../tools/child.mjs', import.meta.url).href
/** Tells the process that the program itself is. */
const PID = 'data:text/javascript,console.log("program", process.pid)'

/** What npm starts for one of its commands, once it prints what is waited for. */
const started = async (args: readonly string[], answers: RegExp) => {
  const env = { ...process.env, TMPDIR: temporary() }
  const words = JSON.stringify(['--import', PID, ...args])
  const way = `import { run } from '${CHILD}'; await run('node', ${words}, {})`
  const runner = spawn(process.execPath, ['--input-type=module', '-e', way], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void runner.kill('SIGKILL'))
  let said = ''
  for (const stream of [runner.stdout, runner.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  await vi.waitFor(() => expect(said).toMatch(answers), { timeout: 60_000, interval: 50 })
  const pids = [...said.matchAll(/(?:program|sleeps as) (\d+)/g)].map(([, pid]) => Number(pid))
  onTestFinished(() => {
    for (const pid of pids) if (!isGone(pid)) process.kill(pid, 'SIGKILL')
  })
  return { runner, pids: [...new Set(pids)] }
}

const isGone = (pid: number): boolean => {
  try {
    return !process.kill(pid, 0)
  } catch {
    return true
  }
}

const expectGone = (pids: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(pids.filter((pid) => !isGone(pid))).toEqual([]), { timeout: 30_000, interval: 50 })

test('a server ends when the program that npm started it by was killed', async () => {
  const data = aFolder()
  const server = ['services/standalone/src/main.ts', '--data', data, '--port', '0', '--empty']
  const { runner, pids } = await started(server, /answers on http/)
  runner.kill('SIGKILL')
  await expectGone(pids)
})

test('a tool ends when the program that npm started it by was killed, and what it runs ends with it', async () => {
  const sleeper = `console.log('sleeps as ' + process.pid); setInterval(() => {}, 1_000)`
  const tool = `
    import { ran } from '${new URL('../../../tools/ran.ts', import.meta.url).href}'
    await ran(process.execPath, ['-e', ${JSON.stringify(sleeper)}])`
  const { runner, pids } = await started(['--input-type=module', '-e', tool], /sleeps as \d+/)
  expect(pids).toHaveLength(2)
  runner.kill('SIGKILL')
  await expectGone(pids)
})

/** They are done in a moment, and start nothing. */
const SHORT = new Set(['generate', 'accept-contracts', 'pnpm'])

test('every command of npm that may run for long is a program of ours, which knows when it is alone', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const commands = Object.entries(scripts).filter(([, command]) => command.startsWith('node tools/run.mjs '))
  expect(commands.length).toBeGreaterThan(10)
  const others = commands.filter(([, command]) => !command.startsWith('node tools/run.mjs node '))
  expect(new Set(others.map(([name]) => name))).toEqual(SHORT)
})
