import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aBroker, aBus, aMember, messages, numbers, range } from './support.ts'

const PROGRAM = fileURLToPath(new URL('member-program.ts', import.meta.url))

/** What an outage may cost at most, after which effects are complete. */
const PATIENCE_MS = 10_000

test('F8: a member that is silent, its connections open, holds up its group for seconds only', async () => {
  const { address } = await aBroker()
  const bus = aBus(address)
  await bus.ensure(['orders'])
  const member = fork(PROGRAM, [address, 'shared'])
  onTestFinished(() => void member.kill('SIGKILL'))
  await once(member, 'message')
  member.kill('SIGSTOP')
  await bus.publish('orders', messages(0, 50))
  const { received } = aMember(bus, 'shared')
  await vi.waitFor(() => expect(numbers(received)).toEqual(range(0, 50)), { timeout: PATIENCE_MS, interval: 50 })
})
