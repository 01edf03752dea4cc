import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { expect, test } from 'vitest'
import { connectStore, openStore } from '../src/store.ts'
import { ACCOUNTS, ALL, account, command, describeEvent, opened, paidIn, told, withEngine } from './harness.ts'

const { engine, open } = withEngine()

const watched = async () => {
  const { name } = await open()
  const connection = await connectStore(engine.uri, { monitorCommands: true })
  const store = openStore({ connection, name, describe: describeEvent })
  const accounts = store.repository(ACCOUNTS)
  const sent: string[] = []
  connection.getClient().on('commandStarted', ({ commandName }) => sent.push(commandName))
  return { store, accounts, sent, close: () => connection.close() }
}

test('a command costs a read beside the look-up of its mark, one write and one commit', async () => {
  const { store, accounts, sent, close } = await watched()
  const made = await store.answer(command('k1'), StringValueSchema, async (tx) => ({
    value: tx.save(accounts, opened(account())).id,
  }))
  expect(sent.splice(0)).toEqual(['find', 'bulkWrite', 'commitTransaction'])

  await store.answer(command('k2'), StringValueSchema, async (tx) => {
    const record = await tx.get(accounts, ALL, made.value ?? '')
    tx.save(accounts, { ...paidIn(record, 1n), events: [told('a'), told('b'), told('c')] })
    return { value: 'ok' }
  })
  expect(sent.splice(0)).toEqual(['find', 'find', 'bulkWrite', 'commitTransaction'])

  await store.answer(command('k3'), StringValueSchema, async (tx) => {
    await tx.get(accounts, ALL, made.value ?? '')
    return { value: 'nothing to do' }
  })
  expect(sent.splice(0)).toEqual(['find', 'find', 'bulkWrite'])
  await close()
})
