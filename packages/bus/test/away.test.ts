import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { aBus, aFolder, aMember, messages, numbers, range, waitFor } from './support.ts'

const SCRIPT = fileURLToPath(new URL('../../../infra/native/kafka.sh', import.meta.url))
const { KILLS } = process.env
/** Real Kafka remembers the members of an earlier life; ours does not. */
const missing = (): string | undefined => {
  if (KILLS === undefined) return 'npm run faults'
  return spawnSync(SCRIPT, ['--fetch'], { stdio: 'ignore' }).status === 0 ? undefined : 'no Apache Kafka here'
}
const why = missing()

const AWAY_MS = 10_000
/** What an outage may cost at most behind its end. */
const PATIENCE_MS = 10_000

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => void socket.destroy())
    socket.on('error', () => resolve(false)).on('close', (failed) => resolve(!failed))
  })

const aKafka = async (port: number, folder: string): Promise<ChildProcess> => {
  const broker = spawn(SCRIPT, [folder, String(port)], { stdio: 'ignore' })
  onTestFinished(() => void broker.kill('SIGKILL'))
  while (!(await answers(port))) await wait(50)
  return broker
}

test.skipIf(why !== undefined)(
  `F6: behind a Kafka that was away for ten seconds everything is there within as many (${why ?? 'Apache Kafka'})`,
  async () => {
    const [port, folder] = [await freePort(), join(aFolder(), 'kafka')]
    const before = await aKafka(port, folder)
    const bus = aBus(`127.0.0.1:${port}`)
    await waitFor(() => bus.ensure(['orders']))
    const groups = ['one', 'two', 'three'].map((group) => {
      const places = new Map<string, bigint>()
      return [aMember(bus, group, { places }), aMember(bus, group, { places })]
    })
    const expectAll = (to: number): void => {
      for (const group of groups) {
        expect(numbers(group.flatMap(({ received }) => received))).toEqual(range(0, to))
      }
    }
    await waitFor(() => bus.publish('orders', messages(0, 50)))
    await waitFor(() => expectAll(50))
    before.kill('SIGKILL')
    await wait(AWAY_MS)
    await aKafka(port, folder)
    const published = waitFor(() => bus.publish('orders', messages(50, 100)))
    await vi.waitFor(() => expectAll(100), { timeout: PATIENCE_MS, interval: 50 })
    await published
  },
  180_000,
)
