import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { kafka, topicOf } from '@saleswright/bus'
import { startInWorker } from '@saleswright/embedded'
import { openLog } from '@saleswright/service'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newcomer } from './newcomer.ts'
import { aFolder, ended, runningWith } from './programs.ts'

const MAIN = 'processes/main.ts'

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const started = async (data = aFolder(), variables = {}) => {
  const fleet = await runningWith(variables, MAIN, '--data', data, '--port', '0', '--empty')
  const pidOf = async (name: string): Promise<number> => {
    const [, pid] = await fleet.hears(new RegExp(`^${name} +\\| runs as process (\\d+)$`, 'm'))
    return Number(pid)
  }
  const engines = Object.keys(variables).length > 0 ? [] : ['engines']
  const names = [...engines, 'organization', 'customers', 'orders', 'performance', 'incentives', 'reporting', 'gateway']
  return { ...fleet, data, pidOf, pids: await Promise.all(names.map(pidOf)) }
}

const expectGone = (pids: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 30_000, interval: 100 })

test('services that run as processes do what one process does, say what is in the way, and all end with it', async () => {
  const fleet = await started()
  const somebody = newcomer(fleet.address, fleet.data)
  await somebody.setUp()
  // Asked of orders, which asks customers and organization.
  expect(await somebody.order()).toMatchObject({ status: 'CUSTOMER_CONFIRMED' })
  const { port } = new URL(fleet.address)
  expect(await ended(MAIN, '--data', aFolder(), '--port', port)).toEqual({
    out: '',
    error: `Saleswright did not start: port ${port} is in use; choose another with --port.\n`,
    code: 1,
  })
  expect(await ended(MAIN, '--data', fleet.data, '--port', '0')).toEqual({
    out: '',
    error: expect.stringMatching(/^Saleswright did not start: .* is locked: another server uses it\.\n$/),
    code: 1,
  })
  expect(await fleet.end('SIGTERM')).toMatchObject({ code: 0, error: '' })
  await expectGone(fleet.pids)
})

test('a process that is killed is started again, and takes over the socket that it left behind', async () => {
  const fleet = await started()
  const somebody = newcomer(fleet.address, fleet.data)
  await somebody.setUp()
  for (const name of ['orders', 'engines', 'gateway']) {
    process.kill(await fleet.pidOf(name), 'SIGKILL')
    await fleet.hears(new RegExp(`^${name} +\\| ended \\(SIGKILL\\); starts again in 0\\.5 s$`, 'm'))
    const [, pid] = await fleet.hears(new RegExp(`^${name} +\\| ended[^]*?^${name} +\\| runs as process (\\d+)$`, 'm'))
    expect(fleet.pids).not.toContain(Number(pid))
  }
  const answers = async (): Promise<void> => {
    for (const path of ['/v1/products', '/v1/customers', '/v1/people'])
      expect(await somebody.ask('GET', path)).toMatchObject({ status: 200 })
  }
  await vi.waitFor(answers, { timeout: 60_000, interval: 200 })
  expect(await somebody.order()).toMatchObject({ status: 'CUSTOMER_CONFIRMED' })
  expect(await fleet.end('SIGTERM')).toMatchObject({ code: 0 })
})

test('what was killed as a whole starts again on the same folder', async () => {
  const fleet = await started()
  for (const pid of fleet.pids) process.kill(pid, 'SIGKILL')
  await fleet.end('SIGKILL')
  await expectGone(fleet.pids)
  const again = await started(fleet.data)
  const somebody = newcomer(again.address, again.data)
  await somebody.setUp()
  expect(await somebody.order()).toMatchObject({ status: 'CUSTOMER_CONFIRMED' })
})

test('the processes use a database and a broker that run already, and make none of their own', async () => {
  const folder = aFolder()
  const engines = await startInWorker({
    mongo: { folder: join(folder, 'mongo'), listen: 0 },
    kafka: { folder: join(folder, 'kafka'), listen: 0 },
  })
  onTestFinished(engines.stop)
  const fleet = await started(aFolder(), { MONGODB_URI: engines.mongo, KAFKA_BROKERS: engines.kafka })
  const somebody = newcomer(fleet.address, fleet.data)
  await somebody.setUp()
  expect(await somebody.order()).toMatchObject({ status: 'CUSTOMER_CONFIRMED' })
  expect(readdirSync(fleet.data)).toEqual(expect.not.arrayContaining(['mongo', 'kafka']))
  const bus = kafka({ clientId: 'test', brokers: [engines.kafka], log: openLog('test', 'silent') })
  onTestFinished(bus.close)
  const ends = await bus.extents([topicOf('orders')])
  expect(ends.reduce((sum, { high }) => sum + high, 0n)).toBeGreaterThan(0n)
  expect(await fleet.end('SIGTERM')).toMatchObject({ code: 0 })
})

test('nobody stays behind when the program itself is killed', async () => {
  const fleet = await started()
  await fleet.end('SIGKILL')
  await expectGone(fleet.pids)
})
