import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { loadWithin } from '../src/edge/load.ts'
import { aCompany, PASSWORD } from './company.ts'
import { startPlatform } from './platform.ts'
import { rawTo } from './raw.ts'

const platform = await startPlatform()
const load = loadWithin()
const { http } = await platform.open({ load })
await aCompany(http)

const MIB = 1_048_576
const WHILE_BUSY = { timeout: 20_000, interval: 50 }
const FLOOD = fileURLToPath(new URL('./flood-program.ts', import.meta.url))

/** Connections with unfinished bodies from five addresses, once everything that they send was sent or refused. */
const flooded = async (bodies: { count: number; declared: number; sent: number }): Promise<() => Promise<unknown>> => {
  const { count, declared, sent } = bodies
  const args = [FLOOD, new URL(http.address).port, count, declared, sent].map(String)
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const stop = (): Promise<unknown> => {
    child.kill('SIGKILL')
    return closed
  }
  onTestFinished(() => void stop())
  await once(createInterface(child.stdout), 'line')
  return stop
}

const resident = (): number => process.memoryUsage.rss()

const signsInWithin = async (milliseconds: number): Promise<void> => {
  const started = performance.now()
  const credentials = { accountName: 'root', password: PASSWORD }
  expect(await http.call('POST', '/v1/sessions', { body: credentials })).toMatchObject({ status: 201 })
  expect(performance.now() - started).toBeLessThan(milliseconds)
}

describe('F19: unfinished bodies without a token', () => {
  test('of 1 MB are refused unread: 1,450 of them take no memory, and others go on', async () => {
    await signsInWithin(5_000)
    const before = resident()
    await flooded({ count: 1_450, declared: MIB, sent: 1_000_000 })
    // Each is answered and closed.
    await vi.waitFor(() => expect(load.connections.used()).toBeLessThan(10), WHILE_BUSY)
    expect(load.strangersBodies.used()).toBe(0)
    // 1,450 MB when they were kept.
    expect(resident() - before).toBeLessThan(250 * MIB)
  })

  test('of 16 KiB are held up to the bound of each address, until their connections are gone', async () => {
    const stop = await flooded({ count: 1_000, declared: 16_384, sent: 16_000 })
    // Sixteen of each of five addresses.
    await vi.waitFor(() => expect(load.strangersBodies.used()).toBe(5 * 256 * 1_024), WHILE_BUSY)
    await signsInWithin(5_000)
    await stop()
    await vi.waitFor(() => expect(load.strangersBodies.used()).toBe(0), WHILE_BUSY)
  })
})

test('F19: connections are bounded, of one address and of all', async () => {
  const few = loadWithin({ connections: { inAll: 6, each: 4 } })
  const { http: narrow } = await platform.open({ load: few })
  const open = () => {
    const socket = rawTo(narrow.address).open()
    const closed = once(socket.resume(), 'close').then(() => true)
    return { socket, closed }
  }
  const sockets = Array.from({ length: 5 }, open)
  expect(await sockets[4]!.closed).toBe(true)
  expect(few.connections.used()).toBe(4)
  sockets[0]!.socket.destroy()
  await sockets[0]!.closed
  await vi.waitFor(() => expect(few.connections.used()).toBe(3))
  expect(await narrow.get('/livez')).toMatchObject({ status: 200 })
  for (const { socket } of sockets) socket.destroy()
})
