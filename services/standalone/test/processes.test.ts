import { expect, test, vi } from 'vitest'
import { newcomer } from './newcomer.ts'
import { aFolder, ended, running } from './programs.ts'

const MAIN = 'processes/main.ts'

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const started = async (data = aFolder()) => {
  const fleet = await running(MAIN, '--data', data, '--port', '0', '--empty')
  const pidOf = async (name: string): Promise<number> => {
    const [, pid] = await fleet.hears(new RegExp(`^${name} +\\| runs as process (\\d+)$`, 'm'))
    return Number(pid)
  }
  const names = ['engines', 'organization', 'customers', 'orders', 'performance', 'incentives', 'reporting', 'gateway']
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

test('a process that dies is told, and the others end', async () => {
  const fleet = await started()
  process.kill(await fleet.pidOf('orders'), 'SIGKILL')
  const { code, error } = await fleet.ended
  expect({ code, error }).toEqual({ code: 1, error: 'Saleswright ends: orders ended (SIGKILL).\n' })
  await expectGone(fleet.pids)
})

test('nobody stays behind when the program itself is killed', async () => {
  const fleet = await started()
  await fleet.end('SIGKILL')
  await expectGone(fleet.pids)
})
