import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freePair } from './native.ts'

const listening = async (port: number): Promise<Server> => {
  const server = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return server
}

test('a port and the one behind it are free together', async () => {
  const port = await freePair()
  await Promise.all([listening(port), listening(port + 1)])
})

test('a port whose next one somebody has is passed over', async () => {
  const { port } = (await listening(0)).address() as AddressInfo
  const free = await freePair(port - 1)
  expect(free).not.toBe(port - 1)
  await Promise.all([listening(free), listening(free + 1)])
})

test('so is the last port of all', async () => {
  expect(await freePair(65_535)).toBeLessThan(65_535)
})
