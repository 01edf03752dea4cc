import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'

const PROGRAM = fileURLToPath(new URL('./run-program.ts', import.meta.url))

const aProgram = (fault: string) => {
  const child = spawn(process.execPath, [PROGRAM, fault], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const ended = once(child, 'close').then(([code]) => ({ code, output: said.join('') }))
  const hears = (text: string) => vi.waitFor(() => expect(said.join('')).toContain(text), { timeout: 20_000 })
  return { child, ended, hears }
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops every part and ends with 0', async (signal) => {
  const { child, ended, hears } = aProgram('nothing')
  await hears('started')
  child.kill(signal)
  const { code, output } = await ended
  expect(output).toContain('store let go')
  expect(code).toBe(0)
})

test('a part that hangs is named, and the process ends with 1', async () => {
  const { child, ended, hears } = aProgram('hangs')
  await hears('started')
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 1, output: expect.stringContaining('relay did not stop within 300 ms') })
})

test('a second signal does not wait', async () => {
  const { child, ended, hears } = aProgram('hangs for long')
  await hears('started')
  child.kill('SIGTERM')
  await hears('SIGTERM: stopping')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(1)
})

test('a start that fails is logged, undone, and ends with 1', async () => {
  const { ended } = aProgram('refuses')
  const { code, output } = await ended
  expect(output).toMatch(/did not start.*no broker|no broker.*did not start/s)
  expect(output).toContain('store let go')
  expect(code).toBe(1)
})

test('a signal during the start ends it with 0 after undoing it', async () => {
  const { child, ended, hears } = aProgram('starts slowly')
  await hears('starting')
  child.kill('SIGTERM')
  const { code, output } = await ended
  expect(output).not.toContain('started')
  expect(output).toContain('store let go')
  expect(code).toBe(0)
})
