import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import type { Received } from '../src/index.ts'
import { connectStore, openStore } from '../src/store.ts'
import { ACCOUNTS, ALL, account, COMPANY, command, describeEvent, opened, paidIn, told, withEngine } from './harness.ts'

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

test('a command costs a read of what this process did not store a moment ago, one write and one commit', async () => {
  const { store, accounts, sent, close } = await watched()
  const made = await store.answer(command('k1'), StringValueSchema, async (tx) => ({
    value: tx.save(accounts, opened(account())).id,
  }))
  expect(sent.splice(0)).toEqual(['bulkWrite', 'commitTransaction'])

  await store.answer(command('k2'), StringValueSchema, async (tx) => {
    const record = await tx.get(accounts, ALL, made.value ?? '')
    tx.save(accounts, { ...paidIn(record, 1n), events: [told('a'), told('b'), told('c')] })
    return { value: 'ok' }
  })
  expect(sent.splice(0)).toEqual(['bulkWrite', 'commitTransaction'])

  // What is read and not written is looked at all the same.
  await store.answer(command('k3'), StringValueSchema, async (tx) => {
    await tx.get(accounts, ALL, made.value ?? '')
    return { value: 'nothing to do' }
  })
  expect(sent.splice(0)).toEqual(['find', 'bulkWrite'])

  const again = await store.answer(command('k3'), StringValueSchema, async () => ({ value: 'not done again' }))
  // The mark, and whether the caller may still see what it was about.
  expect([again.value, sent.splice(0)]).toEqual(['nothing to do', ['find', 'find']])
  await close()
})

test('a batch of events costs the same round trips, however many there are', async () => {
  const { store, accounts, sent, close } = await watched()
  const event = (offset: number): Received => ({
    eventId: newId(),
    type: 'some.Fact',
    source: 'orders',
    companyId: COMPANY,
    aggregateId: `a${offset}`,
    aggregateVersion: 1,
    recordedAt: new Date(),
    actorId: 'p1',
    correlationId: 'r1',
    data: new Uint8Array(),
    topic: 't',
    partition: 0,
    offset: BigInt(offset),
    position: BigInt(offset + 1),
  })
  const batch = Array.from({ length: 50 }, (_, index) => event(index))
  await store.inbox.applyBatch('g', 't', 0, batch, async (tx, { aggregateId: id }) => {
    const record = await tx.find(accounts, ALL, id)
    tx.save(accounts, record ? paidIn(record, 1n) : opened(account({ id })))
  })
  // The place and whether anything is parked; the records; all effects.
  expect(sent.splice(0)).toEqual(['find', 'find', 'find', 'bulkWrite', 'commitTransaction'])

  const next = Array.from({ length: 50 }, (_, index) => ({ ...event(50 + index), aggregateId: `b${index}` }))
  await store.inbox.applyBatch('g', 't', 0, next, async (tx, { aggregateId: id }) => {
    tx.save(accounts, (await tx.find(accounts, ALL, id)) ? paidIn(account({ id }), 1n) : opened(account({ id })))
  })
  // Where it stands, and that nothing is parked, it knows.
  expect(sent.splice(0)).toEqual(['find', 'bulkWrite', 'commitTransaction'])

  const { eventLog } = store
  await eventLog.markSent(await eventLog.unsent(500))
  // How far it is and whether anything waits; what, and its events; their numbers. Then how far it is published.
  expect(sent.splice(0)).toEqual(['find', 'find', 'find', 'find', 'bulkWrite', 'commitTransaction', 'update'])
  await eventLog.unsent(500)
  expect(sent.splice(0)).toEqual(['find', 'find'])

  const stops = Array.from({ length: 12 }, (_, partition) => ({ topic: 't', partition, next: 9n }))
  await store.inbox.passTo('g', stops)
  // One place is known and stays where it is, which is looked at; the others are asked for.
  expect(sent.splice(0)).toEqual(['find', 'find', 'bulkWrite', 'commitTransaction'])
  await close()
})
