import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AppError } from '@saleswright/kernel'
import { expect, onTestFinished, test, vi } from 'vitest'
import { client, connect } from '../src/index.ts'
import { ProbeService } from './probe.ts'

const PROGRAM = fileURLToPath(new URL('./replica-program.ts', import.meta.url))

const aReplica = async () => {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { pid: String(child.pid), address: line.toString().trim(), kill }
}

test('F20: calls are shared over the replicas of a service, and go to the ones left when one is killed', async () => {
  const [first, second] = await Promise.all([aReplica(), aReplica()])
  const transport = connect(`ipv4:${first.address},${second.address}`)
  onTestFinished(() => transport.close())
  const probe = client(ProbeService, transport)
  const answers = async (calls: number) => {
    const by = new Map([first.pid, second.pid].map((pid) => [pid, 0]))
    for (let call = 0; call < calls; call += 1) {
      const { heard } = await probe.open({})
      by.set(heard, (by.get(heard) ?? 0) + 1)
    }
    return by
  }
  await vi.waitFor(async () => expect([...(await answers(2)).values()]).toEqual([1, 1]), { timeout: 10_000 })
  expect([...(await answers(60)).values()]).toEqual([30, 30])

  await first.kill()
  // The call that finds the break may be refused, as one that may be sent again.
  await probe.open({}).catch((error: AppError) => expect(error.code).toBe('service_unavailable'))
  expect((await answers(60)).get(second.pid)).toBe(60)
})
