import { expect, test } from 'vitest'
import type { Received, Tx } from '../src/index.ts'
import { ALL, account, cause, opened, paidIn, withEngine } from './harness.ts'

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
  for (const rows of ['inbox', 'inbox_batches']) expect(await db.collection(rows).countDocuments()).toBe(0)
})

test('F9: every event of many batches again, one by one, together or mixed with new ones, has no new effect', async () => {
  const { applyBatch, moveTo, apply, balance, db } = await counting()
  const all = Array.from({ length: 60 }, (_, index) => event(index, `a${index % 3}`))
  for (let from = 0; from < 60; from += 7) await applyBatch('g', 't', 0, all.slice(from, from + 7), apply)
  const balances = () => Promise.all(['a0', 'a1', 'a2'].map(balance))
  expect(await balances()).toEqual([20n, 20n, 20n])
  expect(await db.collection('inbox').countDocuments()).toBe(0)
  expect(await db.collection('inbox_batches').countDocuments()).toBe(9)
  await moveTo('g', { topic: 't', partition: 0, next: 0n })
  await applyBatch('g', 't', 0, all, apply)
  for (const one of all) await applyBatch('g', 't', 0, [one], apply)
  await applyBatch('g', 't', 0, [...all.slice(50), event(60), event(61), ...all.slice(0, 5)], apply)
  expect(await balances()).toEqual([20n, 22n, 20n])
})

test('an event that comes for the first time behind later ones is applied all the same, once', async () => {
  const { applyBatch, nextOffset, lastPosition, park, parked, apply, balance } = await counting()
  const [early, unread] = [event(3), event(5, 'a3', { position: 0n })]
  await applyBatch('g', 't', 0, [event(2), event(4)], apply)
  await applyBatch('g', 't', 0, [early, event(6), early], apply)
  await applyBatch('g', 't', 0, [event(7), early], apply)
  await applyBatch('other', 't', 0, [early], apply)
  expect(await balance('a1')).toBe(6n)
  for (let times = 0; times < 2; times++) await park('g', unread, 'no event')
  expect(await parked.list('g')).toHaveLength(1)
  expect([await nextOffset('g', 't', 0), await lastPosition('g', 't', 0)]).toEqual([6n, 8n])
})

test('partitions of one group do not know each other’s events, whatever their numbers', async () => {
  const { applyBatch, apply, balance } = await counting()
  const [first, eleventh] = [event(0, 'a1'), event(0, 'a11', { partition: 11 })]
  await applyBatch('g', 't', 11, [eleventh], apply)
  await applyBatch('g', 't', 1, [first], apply)
  await applyBatch('g', 't', 11, [eleventh], apply)
  await applyBatch('g', 't', 1, [first], apply)
  expect([await balance('a1'), await balance('a11')]).toEqual([1n, 1n])
})

test('records of a batch are looked up together, within their scope, and as the batch itself made them', async () => {
  const { store, accounts, applyBatch, balance } = await counting()
  const foreign = account({ id: 'a9', companyId: 'c2' })
  await store.transact(cause(), async (tx) => tx.save(accounts, opened(foreign)))
  const seen: (bigint | undefined)[] = []
  const apply = async (tx: Tx, { aggregateId }: Received) => {
    const record = await tx.find(accounts, ALL, aggregateId)
    seen.push(record?.balance)
    if (aggregateId === 'a9') return
    tx.save(accounts, record ? paidIn(record, 1n) : opened(account({ id: aggregateId })))
  }
  await applyBatch('g', 't', 0, [event(0, 'a1'), event(1, 'a2'), event(2, 'a1'), event(3, 'a9')], apply)
  await applyBatch('g', 't', 0, [event(4, 'a1'), event(5, 'a3'), event(6, 'a2')], apply)
  expect(seen).toEqual([undefined, undefined, 0n, undefined, 1n, undefined, 0n])
  expect([await balance('a1'), await balance('a2'), await balance('a3')]).toEqual([2n, 1n, 0n])
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

test('each company has its own parked events, and those of none that hold them up', async () => {
  const { park, parked } = await counting()
  await park('g', event(0), 'bad')
  await park('g', event(1, 'b1', { companyId: 'c2' }), 'bad')
  await park('g', event(2, 'a2', { companyId: '', aggregateVersion: 0 }), 'no event')
  await park('g', event(3, 'a2'), '')
  await park('g', event(4, 'a3', { companyId: '' }), 'no event')
  await park('other', event(5), 'bad')
  const offsets = async (companyId: string) => (await parked.listOf(companyId, 'g')).map(({ offset }) => offset)
  expect([await offsets('c1'), await offsets('c2'), await offsets('c3')]).toEqual([[0n, 2n, 3n], [1n], []])
  expect(await parked.list('g')).toHaveLength(5)
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
  await moveTo('g', { topic: 't', partition: 0, next: 3n })
  expect([await nextOffset('g', 't', 0), await lastPosition('g', 't', 0)]).toEqual([3n, 8n])
})

test('places are put behind what was passed over, all at once and never backwards', async () => {
  const { applyBatch, passTo, nextOffset, lastPosition, apply } = await counting()
  await applyBatch('g', 't', 0, [event(7)], apply)
  const stops = [3n, 4n, 5n].map((next, partition) => ({ topic: 't', partition, next }))
  await passTo('g', stops)
  await passTo('g', [{ topic: 't', partition: 2, next: 2n }])
  expect(await Promise.all([0, 1, 2].map((partition) => nextOffset('g', 't', partition)))).toEqual([8n, 4n, 5n])
  expect(await lastPosition('g', 't', 0)).toBe(8n)
})
