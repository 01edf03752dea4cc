import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { startInWorker } from '@saleswright/embedded'
import { expect, test, vi } from 'vitest'
import { connectStore, openStore } from '../src/store.ts'
import { ACCOUNTS, ALL, account, cause, command, describeEvent, opened, refusal } from './harness.ts'

test('a store that is gone is unavailable; back again, a command whose answer was lost has one effect', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-test-'))
  const mongo = { folder, listen: join(folder, 'm.sock') }
  const first = await startInWorker({ mongo })
  const connection = await connectStore(first.mongo, { serverSelectionTimeoutMS: 300, socketTimeoutMS: 500 })
  const store = openStore({ connection, name: 'gone', describe: describeEvent })
  const accounts = store.repository(ACCOUNTS)
  await store.start()
  const make = () =>
    store.answer(command('k'), StringValueSchema, async (tx) => ({ value: tx.save(accounts, opened(account())).id }))
  const { value } = await make()
  await first.stop()

  expect(await refusal(accounts.find(ALL, value ?? ''))).toMatchObject({
    kind: 'unavailable',
    code: 'store_unreachable',
  })
  expect((await refusal(make())).kind).toBe('unavailable')
  const write = store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
  expect((await refusal(write)).kind).toBe('unavailable')

  const second = await startInWorker({ mongo })
  await expect.poll(() => accounts.find(ALL, value ?? '').catch(() => undefined)).toBeDefined()
  expect((await make()).value).toBe(value)
  expect(await accounts.count(ALL)).toBe(1)
  await connection.close()
  await second.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A destroyed socket emits `close` only in a later turn; unpatched, the driver waits for a `drain` that never comes. */
test('a query issued while its connection closes is refused as unavailable', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-test-'))
  const mongo = { folder, listen: join(folder, 'm.sock') }
  const engine = await startInWorker({ mongo })
  const connects = vi.spyOn(net, 'createConnection')
  const connection = await connectStore(engine.mongo, { retryReads: false })
  const store = openStore({ connection, name: 'gone', describe: describeEvent })
  const accounts = store.repository(ACCOUNTS)
  await store.start()

  for (const { value: socket } of connects.mock.results) (socket as net.Socket).destroy()
  expect(await refusal(accounts.find(ALL, account().id))).toMatchObject({
    kind: 'unavailable',
    code: 'store_unreachable',
  })
  expect(await accounts.find(ALL, account().id)).toBeUndefined()

  connects.mockRestore()
  await connection.close()
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
})
