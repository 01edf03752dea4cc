import { connect, createServer, type Socket } from 'node:net'
import type { Store } from '@saleswright/store'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { ServiceDefinition } from '../src/index.ts'
import { startEngines } from './engines.ts'
import { aSigner, organizationWith } from './tiny-platform.ts'

/** A way to a socket that can fall silent: what is sent arrives nowhere, and nobody is told. */
const aWay = async (from: string, to: string) => {
  const open = new Set<Socket>()
  let silent = false
  const server = createServer((near) => {
    const far = connect(to)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('data', (bytes) => void (silent || other.write(bytes)))
      socket.on('error', () => {}).on('close', () => other.destroy())
    }
  }).listen(from)
  await vi.waitFor(() => expect(server.listening).toBe(true))
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  const fallSilent = (): void => {
    silent = true
  }
  return { fallSilent }
}

/** Beside what it does else, it stores something when it stops. */
const storingAtLast = (
  definition: ServiceDefinition,
  stored: (answered: Promise<unknown>) => void,
): ServiceDefinition => ({
  ...definition,
  build: (platform) => {
    const last = (store: Store) => store.connection.collection<{ _id: string }>('last').insertOne({ _id: 'words' })
    const stop = async (): Promise<void> => {
      const answered = last(platform.store)
      stored(answered)
      await answered
    }
    return { ...definition.build(platform), parts: [{ name: 'last words', start: async () => {}, stop }] }
  },
})

test('a host whose database has fallen silent stops before that answers, and says what it gave up', async () => {
  const { host, socket } = await startEngines()
  const way = await aWay(socket('way.sock'), socket('m.sock'))
  const mongo = `mongodb://${encodeURIComponent(socket('way.sock'))}/?directConnection=true`
  const log = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() }
  const answered = vi.fn()
  const definition = storingAtLast(organizationWith(aSigner()), (storing) => void storing.then(answered, () => {}))
  const hosted = await host([definition], { mongo, log, stopLimits: { ask: 50, answer: 50, rest: 20 } })
  expect(await hosted.unready()).toEqual([])
  way.fallSilent()
  expect(await hosted.unready()).toEqual(['the database does not answer'])
  await hosted.stop()
  expect(answered).not.toHaveBeenCalled()
  const givenUp = log.warn.mock.calls.filter(([, message]) => /the database does not answer/.test(message))
  expect(givenUp.map(([{ part }]) => part)).toContain('last words')
})

test('a host whose database answers stops when the last of it is stored', async () => {
  const { host } = await startEngines()
  const log = { error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() }
  const answered = vi.fn()
  const definition = storingAtLast(organizationWith(aSigner()), (storing) => void storing.then(answered))
  const hosted = await host([definition], { log, stopLimits: { ask: 1, answer: 10_000, rest: 1 } })
  await hosted.stop()
  expect(answered).toHaveBeenCalledOnce()
  expect(log.warn).not.toHaveBeenCalled()
})
