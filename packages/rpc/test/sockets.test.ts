import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Dispatcher, healthState, listen } from '../src/index.ts'

const nobody = () => Promise.reject(new Error('nobody calls'))
const NOTHING: Dispatcher = { services: [], unary: nobody, verify: nobody }

const aPath = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'socket-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'orders.sock')
}

const aServer = async (path: string) => {
  const server = await listen(NOTHING, `unix:${path}`, healthState(true))
  onTestFinished(() => server.stop())
  return server
}

/** A process that listens there and is killed. */
const leaveBehind = async (path: string): Promise<void> => {
  const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  await once(spawn(process.execPath, ['-e', program], { stdio: 'ignore' }), 'exit')
  expect(existsSync(path)).toBe(true)
}

test('a socket that a killed process left behind is replaced', async () => {
  const path = aPath()
  await leaveBehind(path)
  expect((await aServer(path)).address).toBe(`unix:${path}`)
})

test('a socket that is answered stays with its server', async () => {
  const path = aPath()
  await aServer(path)
  await expect(listen(NOTHING, `unix:${path}`, healthState(true))).rejects.toThrow('EADDRINUSE')
  expect(existsSync(path)).toBe(true)
})

test('a file that is no socket is left alone', async () => {
  const path = aPath()
  writeFileSync(path, 'kept')
  await expect(listen(NOTHING, `unix:${path}`, healthState(true))).rejects.toThrow('EADDRINUSE')
  expect(existsSync(path)).toBe(true)
})
