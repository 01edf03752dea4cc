import { describe, expect, test } from 'vitest'
import { createLeases, type Lease } from '../src/leases.ts'
import { ALL, account, cause, opened, paidIn, told, withEngine } from './harness.ts'
import { filledBy, seal } from './sealed-log.ts'

const { open } = withEngine()
const filled = filledBy(open)

describe('the outbox', () => {
  test('gives dense positions, an aggregate’s versions rising, and the same ones again until they are sent', async () => {
    const { store, made, db } = await filled()
    const first = await store.eventLog.unsent(5)
    expect(first.map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n, 5n])
    expect(await store.eventLog.unsent(5)).toEqual(first)
    await store.eventLog.markSent(first)
    const rest = await store.eventLog.unsent(100)
    expect(rest.map(({ position }) => position)).toEqual([6n, 7n, 8n, 9n, 10n, 11n, 12n])
    for (const { id } of made) {
      const versions = [...first, ...rest].filter(({ aggregateId }) => aggregateId === id)
      expect(versions.map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3, 4])
    }
    expect(await store.eventLog.oldestUnsentAt()).toEqual(rest[0]!.recordedAt)
    await store.eventLog.markSent(rest)
    expect(await store.eventLog.oldestUnsentAt()).toBeUndefined()
    expect(await store.eventLog.unsent(10)).toEqual([])
    expect(await db.collection('outbox').countDocuments()).toBe(0)
    expect(await store.eventLog.read(4n, 3)).toMatchObject([{ position: 5n }, { position: 6n }, { position: 7n }])
  })

  test('two relays at once still number densely', async () => {
    const { store, name } = await filled(4, 4)
    const other = await open({ name, seal })
    const batches = await Promise.all([store, other.store, store].map(({ eventLog }) => eventLog.unsent(50)))
    for (const batch of batches)
      expect(batch.map(({ position }) => position)).toEqual(batch.map((_, at) => BigInt(at + 1)))
    expect(await store.eventLog.verifyChain()).toMatchObject({ events: 20, checkpoints: 1 })
  })

  test('what was numbered and not published comes first, to whoever asks, and what lies behind it on request', async () => {
    const { store, accounts, name } = await filled(1, 3)
    const lost = await store.eventLog.unsent(3)
    const late = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    const { eventLog } = (await open({ name, seal })).store
    expect(await eventLog.oldestUnsentAt()).toEqual(lost[0]!.recordedAt)
    expect(await eventLog.unsent(2)).toEqual(lost.slice(0, 2))
    expect(await eventLog.unsent(10)).toEqual(lost)
    const behind = await eventLog.unsent(10, 3n)
    expect(behind.map(({ position }) => position)).toEqual([4n, 5n])
    expect(behind[1]).toMatchObject({ aggregateId: late.id })
    await eventLog.markSent(lost.slice(0, 2))
    expect((await eventLog.unsent(10)).map(({ position }) => position)).toEqual([3n, 4n, 5n])
    await eventLog.markSent(behind)
    await eventLog.markSent(lost)
    expect([await eventLog.unsent(10), await eventLog.oldestUnsentAt()]).toEqual([[], undefined])
    expect(await eventLog.verifyChain()).toEqual({ events: 5, checkpoints: 2 })
  })

  test('what was told together stays together, also beyond the limit', async () => {
    const { store, accounts } = await open({ seal })
    const facts = Array.from({ length: 7 }, (_, index) => told(`fact ${index}`))
    const next = account()
    await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    await store.transact(cause(), async (tx) => tx.save(accounts, { next, events: facts }))
    const [one, seven] = [await store.eventLog.unsent(3), await store.eventLog.unsent(3, 1n)]
    expect([one.length, seven.map(({ aggregateVersion }) => aggregateVersion)]).toEqual([1, [1, 2, 3, 4, 5, 6, 7]])
    expect((await store.eventLog.read(2n, 4)).map(({ position }) => position)).toEqual([3n, 4n, 5n, 6n])
  })

  test('an event is written once: numbering and publishing leave its row as it was', async () => {
    const { store, events } = await filled(1, 2)
    const before = await events.find().toArray()
    await store.eventLog.markSent(await store.eventLog.unsent(10))
    expect(await events.find().toArray()).toEqual(before)
  })

  test('many single commits are read in order, over many batches', async () => {
    const { store } = await filled(2, 29)
    for (let at = 0n; at < 60n; at++) expect(await store.eventLog.unsent(1, at)).toHaveLength(1)
    const positions = (await store.eventLog.read(7n, 50)).map(({ position }) => Number(position))
    expect(positions).toEqual(Array.from({ length: 50 }, (_, index) => index + 8))
  })

  test('ids rise along an aggregate also when the clock of this process stands behind', async () => {
    const { store, accounts, name, db } = await open()
    const elsewhere = await open({ name })
    const { id } = await elsewhere.store.transact(cause(), async (tx) => tx.save(elsewhere.accounts, opened(account())))
    const ahead = 'ffffffff-ffff-7fff-bfff-fffffffffff0'
    await db.collection<{ _id: string }>('accounts').updateOne({ _id: id }, { $set: { 'chain.eventId': ahead } })
    await store.transact(cause(), async (tx) => tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n)))
    const [, second] = (await store.eventLog.audit('c1', { aggregateId: id })).items
    expect(second!.eventId).toBe('ffffffff-ffff-7fff-bfff-fffffffffff1')
  })

  test('what a transaction told of many records is one entry, unless a clock elsewhere stands ahead: order holds either way', async () => {
    const { store, accounts, name, db } = await open()
    const elsewhere = await open({ name })
    const [first, second] = await elsewhere.store.transact(cause(), async (tx) =>
      [account(), account()].map((one) => tx.save(elsewhere.accounts, opened(one))),
    )
    expect(await db.collection('outbox').countDocuments()).toBe(1)
    const ahead = 'ffffffff-ffff-7fff-bfff-fffffffffff0'
    await db
      .collection<{ _id: string }>('accounts')
      .updateOne({ _id: second!.id }, { $set: { 'chain.eventId': ahead } })
    const payBoth = () =>
      store.transact(cause(), async (tx) => {
        for (const one of await tx.findEach(accounts, ALL, [first!.id, second!.id])) tx.save(accounts, paidIn(one!, 1n))
      })
    await payBoth()
    expect(await db.collection('outbox').countDocuments()).toBe(3)
    await payBoth()

    const told = await store.eventLog.unsent(100)
    for (const { id } of [first!, second!]) {
      const versions = told.filter(({ aggregateId }) => aggregateId === id).map((event) => event.aggregateVersion)
      expect(versions).toEqual([1, 2, 3])
    }
  })

  test('listeners hear of commits that told something, and of no others', async () => {
    const { store, accounts } = await open()
    let heard = 0
    const end = store.eventLog.onCommit(() => heard++)
    const record = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    await store.transact(cause(), async (tx) => tx.save(accounts, { next: record, events: [] }))
    await store.transact(cause(), async () => Promise.reject(new Error('no'))).catch(() => undefined)
    end()
    await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    expect(heard).toBe(1)
  })
})

test('F13: a lease has one holder until others saw it unrenewed for as long as it lasts, whatever the calendars say', async () => {
  let now = 0
  const { store } = await open({ clock: { now: () => new Date(now * 1_000_000) } })
  const replica = () => createLeases(store.connection.collection<Lease>('leases'), () => now)
  const [one, two, third] = [replica(), replica(), replica()]
  expect(await one.acquire('relay', 'a', 1_000)).toBe(true)
  expect(await two.acquire('relay', 'b', 1_000)).toBe(false)
  now += 900
  expect(await one.acquire('relay', 'a', 1_000)).toBe(true)
  now += 900
  expect(await two.acquire('relay', 'b', 1_000)).toBe(false)
  now += 999
  expect(await two.acquire('relay', 'b', 1_000)).toBe(false)
  expect(await one.holder('relay')).toBe('a')
  now += 1
  // Who looks for the first time cannot know how long it has been so.
  expect(await third.acquire('relay', 'c', 1_000)).toBe(false)
  expect(await two.acquire('relay', 'b', 1_000)).toBe(true)
  expect(await one.acquire('relay', 'a', 0)).toBe(false)
  expect(await two.acquire('relay', 'b', 0)).toBe(true)
  expect(await one.holder('relay')).toBeUndefined()
  expect(await third.acquire('relay', 'c', 1_000)).toBe(true)
  const many = Array.from({ length: 20 }, (_, index) => store.eventLog.acquireLease('other', `h${index}`, 1_000))
  expect((await Promise.all(many)).filter(Boolean)).toHaveLength(1)
})

test('whoever starts where another was killed takes its lease at once, one of an earlier version, too', async () => {
  const { store } = await open()
  const leases = store.connection.collection<Lease>('leases')
  const [killed, next, other] = [createLeases(leases), createLeases(leases), createLeases(leases, () => 0)]
  expect(await killed.acquire('imports', 'this place', 3_600_000)).toBe(true)
  expect(await other.acquire('imports', 'elsewhere', 1)).toBe(false)
  expect(await next.acquire('imports', 'this place', 3_600_000)).toBe(true)

  let now = 0
  const later = createLeases(leases, () => now)
  await leases.insertOne({ _id: 'old', holder: 'gone', until: new Date(9e12) } as unknown as Lease)
  expect(await later.acquire('old', 'new', 1_000)).toBe(false)
  expect(await later.acquire('old', 'new', 1_000)).toBe(false)
  now += 30_000
  expect(await later.acquire('old', 'new', 1_000)).toBe(true)
})
