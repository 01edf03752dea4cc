import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../src/processes/ports.ts'
import { newcomer } from './newcomer.ts'
import { aFolder, ended, endedOnDisk, running, runningWith, temporary } from './programs.ts'

test('an order that was acknowledged is there after the process was killed', async () => {
  const data = aFolder()
  const before = await running('main.ts', '--data', data, '--port', '0', '--empty')
  const somebody = newcomer(before.address, data)
  await somebody.setUp()
  const order = await somebody.order()
  expect(order).toMatchObject({ status: 'CUSTOMER_CONFIRMED', gross: { currencyCode: 'CNY', amount: '271.20' } })
  expect(await before.end('SIGKILL')).toMatchObject({ code: null })

  const after = await running('main.ts', '--data', data, '--port', '0', '--empty')
  const again = newcomer(after.address, data)
  await again.signIn()
  expect(await again.ask('GET', `/v1/orders/${String(order.orderId)}`)).toEqual({ status: 200, answer: order })
  expect(await after.end('SIGINT')).toMatchObject({ code: 0, error: '' })
})

test('a client that keeps its connection does not hold up the end', async () => {
  const platform = await running('main.ts', '--data', aFolder(), '--port', '0', '--empty')
  const held = await fetch(`${platform.address}/openapi.json`)
  onTestFinished(() => void held.body?.cancel())
  expect(held.status).toBe(200)
  expect(await platform.end('SIGTERM')).toMatchObject({ code: 0, error: '' })
})

test('a port in use and a folder that cannot serve are one sentence and exit code 1', async () => {
  const data = aFolder()
  const { address } = await running('main.ts', '--data', data, '--port', '0', '--empty')
  const { port } = new URL(address)
  expect(await ended('main.ts', '--data', aFolder(), '--port', port, '--empty')).toEqual({
    out: '',
    error: `Saleswright did not start: port ${port} is in use; choose another with --port.\n`,
    code: 1,
  })
  expect(await ended('main.ts', '--data', data, '--port', '0')).toEqual({
    out: '',
    error: expect.stringMatching(/^Saleswright did not start: .* is locked: another server uses it\.\n$/),
    code: 1,
  })
  const file = join(data, 'file')
  writeFileSync(file, '')
  expect(await ended('main.ts', '--data', join(file, 'below'), '--port', '0')).toEqual({
    out: '',
    error: `Saleswright did not start: the data folder ${join(file, 'below')} cannot be written (ENOTDIR).\n`,
    code: 1,
  })
})

test('operators are answered on a port of their own, if the environment names one, and what it says wrongly is a sentence', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  const port = await freePort(0)
  vi.stubEnv('OPERATOR_PORT', String(port))
  await running('main.ts', '--data', aFolder(), '--port', '0', '--empty')
  const page = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  await expect.poll(() => page('/readyz'), { timeout: 20_000 }).toBe('ready\n')
  expect(await page('/metrics')).toMatch(/saleswright_oldest_unsent_event_seconds\{context="orders"\} 0/)
  expect(await ended('main.ts', '--data', aFolder(), '--port', '0', '--empty')).toMatchObject({
    error: `Saleswright did not start: port ${port} is in use; choose another with OPERATOR_PORT.\n`,
    code: 1,
  })
  vi.stubEnv('RATE_LIMIT_PER_MINUTE', 'many')
  expect(await ended('main.ts', '--data', aFolder(), '--port', '0', '--empty')).toMatchObject({
    error: `Saleswright did not start: RATE_LIMIT_PER_MINUTE is "many", which must be a whole number of requests, 1 or more.\n`,
    code: 1,
  })
  // Of the one that runs.
  expect(readdirSync(temporary()).filter((name) => name.startsWith('saleswright-'))).toHaveLength(1)
})

test('OPERATOR_PORT=0 picks a free port and prints it', async () => {
  const { hears, end } = await runningWith(
    { OPERATOR_PORT: '0' },
    'main.ts',
    '--data',
    aFolder(),
    '--port',
    '0',
    '--empty',
  )
  const [, operators = ''] = await hears(/^Operators are answered on (http:\S+)$/m)
  expect((await fetch(`${operators}/readyz`)).status).toBe(200)
  expect(await end('SIGTERM')).toMatchObject({ code: 0 })
})

test('a data folder with a path too long for a socket serves all the same', async () => {
  const long = join(aFolder(), 'x'.repeat(120))
  const platform = await running('main.ts', '--data', long, '--port', '0', '--empty')
  expect((await fetch(`${platform.address}/openapi.json`)).status).toBe(200)
})

test('an engine that cannot write ends the process with a sentence, and a better disk is all that it takes to go on', async () => {
  const data = aFolder()
  const { code, out, error } = await endedOnDisk(9_000, 'main.ts', '--data', data, '--port', '0', '--orders', '300')
  expect(out).toMatch(/answers on http/)
  // The demo that was under way may say first that it could not be finished.
  expect(error).toMatch(/^Saleswright ends: the (mongo|kafka) engine ended: .*\.$/m)
  expect(code).toBe(1)
  const after = await running('main.ts', '--data', data, '--port', '0', '--empty')
  expect((await fetch(`${after.address}/readyz`)).status).toBe(200)
})

test('--help explains, and what is wrong with an option is said', async () => {
  expect(await ended('main.ts', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--data DIR') })
  const wrong: readonly (readonly string[])[] = [
    ['--wrong'],
    ['--port', 'eighty'],
    ['--orders', '2001'],
    ['--port', '65536'],
  ]
  for (const args of wrong) {
    const { code, error, out } = await ended('main.ts', ...args)
    expect({ code, out, names: error.includes(args.at(-1) ?? '') }, error).toEqual({ code: 1, out: '', names: true })
  }
})
