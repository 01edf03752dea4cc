import { expect, test } from 'vitest'
import type { Received, Tx } from '../src/index.ts'
import { ALL, account, opened, paidIn, withEngine } from './harness.ts'

const { open } = withEngine()

let made = 0
const event = (offset: number, aggregateId = 'a1', more: Partial<Received> = {}): Received => ({
  eventId: `e${++made}`,
  type: 'some.Fact',
  source: 'orders',
  companyId: 'c1',
  aggregateId,
  aggregateVersion: offset + 1,
  recordedAt: new Date(),
  actorId: 'p1',
  correlationId: 'r1',
  data: Buffer.from([1, 2, 3]),
  topic: 't',
  partition: 0,
  offset: BigInt(offset),
  position: BigInt(offset + 1),
  ...more,
})

const counting = async () => {
  const place = await open()
  const { store, accounts } = place
  const apply = async (tx: Tx, { aggregateId }: Received) => {
    const record = await tx.find(accounts, ALL, aggregateId)
    tx.save(accounts, record ? paidIn(record, 1n) : opened(account({ id: aggregateId, balance: 1n })))
  }
  const balance = async (id: string) => (await accounts.find(ALL, id))?.balance
  return { ...place, ...store.inbox, apply, balance }
}

test('effects, inbox and offset are stored together, duplicates are passed over', async () => {
  const { applyBatch, nextOffset, lastPosition, apply, balance } = await counting()
  expect(await nextOffset('g', 't', 0)).toBeUndefined()
  const batch = [event(0), event(1, 'a2'), event(2)]
  await applyBatch('g', 't', 0, [...batch, batch[2]!], apply)
  expect([await balance('a1'), await balance('a2')]).toEqual([2n, 1n])
  await applyBatch('g', 't', 0, [...batch, event(3)], apply)
  expect([await balance('a1'), await balance('a2')]).toEqual([3n, 1n])
  expect(await nextOffset('g', 't', 0)).toBe(4n)
  expect(await lastPosition('g', 't', 0)).toBe(4n)
  await applyBatch('other', 't', 0, batch, apply)
  expect(await balance('a1')).toBe(5n)
})

test('a fault of one event leaves everything of the batch as it was', async () => {
  const { applyBatch, nextOffset, apply, balance, db } = await counting()
  const poison = event(1)
  const failing = async (tx: Tx, received: Received) => {
    if (received === poison) throw new Error('poison')
    await apply(tx, received)
  }
  await expect(applyBatch('g', 't', 0, [event(0), poison], failing)).rejects.toThrow('poison')
  expect(await balance('a1')).toBeUndefined()
  expect(await nextOffset('g', 't', 0)).toBeUndefined()
  expect(await db.collection('inbox').countDocuments()).toBe(0)
})

test('a parked key parks its later events, and a replay applies them in order', async () => {
  const { applyBatch, park, parked, nextOffset, apply, balance } = await counting()
  const poison = event(0)
  await park('g', poison, 'cannot be read')
  await park('g', poison, 'cannot be read')
  await applyBatch('g', 't', 0, [event(1), event(2, 'a2'), event(3)], apply)
  expect([await balance('a1'), await balance('a2')]).toEqual([undefined, 1n])
  expect(await nextOffset('g', 't', 0)).toBe(4n)
  const list = await parked.list('g')
  expect(list.map(({ offset, reason }) => [offset, reason])).toEqual([
    [0n, 'cannot be read'],
    [1n, ''],
    [3n, ''],
  ])
  expect(list[0]).toMatchObject({ ...poison, data: expect.anything() })
  expect(Buffer.from(list[0]!.data)).toEqual(Buffer.from([1, 2, 3]))

  const order: bigint[] = []
  const failing = async (tx: Tx, received: Received) => {
    if (received.offset === 3n) throw new Error('still not')
    order.push(received.offset)
    await apply(tx, received)
  }
  await expect(parked.replay('g', 'a1', failing)).rejects.toThrow('still not')
  expect(await parked.list('g')).toMatchObject([{ offset: 3n }])
  await applyBatch('g', 't', 0, [event(4)], apply)
  expect(await parked.list('g')).toHaveLength(2)
  await parked.replay('g', 'a1', apply)
  expect([order, await parked.list('g'), await balance('a1')]).toEqual([[0n, 1n], [], 4n])
  await applyBatch('g', 't', 0, [event(5)], apply)
  expect(await balance('a1')).toBe(5n)
})

test('a dropped event is given up, and the ones behind it wait on', async () => {
  const { applyBatch, park, parked, apply, balance } = await counting()
  const poison = event(0)
  await park('g', poison, 'bad')
  await applyBatch('g', 't', 0, [event(1)], apply)
  await parked.drop('g', poison.eventId)
  await parked.drop('g', poison.eventId)
  expect(await parked.list('g')).toMatchObject([{ offset: 1n }])
  await parked.replay('g', 'a1', apply)
  expect(await balance('a1')).toBe(1n)
})

test('replay and later events at once leave nothing behind', async () => {
  const { applyBatch, park, parked, apply, balance } = await counting()
  for (let round = 0; round < 5; round++) {
    await park('g', event(10 * round), 'bad')
    await Promise.all([
      parked.replay('g', 'a1', apply),
      applyBatch('g', 't', 0, [event(10 * round + 1), event(10 * round + 2)], apply),
    ])
    await parked.replay('g', 'a1', apply)
  }
  expect(await parked.list('g')).toEqual([])
  expect(await balance('a1')).toBe(15n)
})

test('the place can be put back; the position stays', async () => {
  const { applyBatch, moveTo, nextOffset, lastPosition, apply } = await counting()
  await applyBatch('g', 't', 0, [event(7)], apply)
  await moveTo('g', 't', 0, 3n)
  expect([await nextOffset('g', 't', 0), await lastPosition('g', 't', 0)]).toEqual([3n, 8n])
})
