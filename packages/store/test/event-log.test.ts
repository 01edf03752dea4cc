import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import type { Seal } from '../src/index.ts'
import { type Account, ALL, account, cause, opened, paidIn, staff, told, withEngine } from './harness.ts'

const { open } = withEngine()

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const seal: Seal = {
  keyId: 'audit-1',
  sign: (bytes) => sign(null, bytes, privateKey),
  verify: (bytes, signature, keyId) => keyId === 'audit-1' && verify(null, bytes, publicKey, signature),
}

const filled = async (records = 3, changes = 3) => {
  const place = await open({ seal })
  const { store, accounts, db } = place
  const made: Account[] = []
  for (let index = 0; index < records; index++) {
    let record = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    for (let change = 0; change < changes; change++) {
      record = await store.transact(cause(), async (tx) =>
        tx.save(accounts, paidIn(await tx.get(accounts, ALL, record.id), 1n)),
      )
    }
    made.push(record)
  }
  return { ...place, made, events: db.collection<{ _id: string; version: number }>('events') }
}

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
    const { store, accounts, db } = await open()
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    const ahead = 'ffffffff-ffff-7fff-bfff-fffffffffff0'
    await db.collection<{ _id: string }>('accounts').updateOne({ _id: id }, { $set: { 'chain.eventId': ahead } })
    await store.transact(cause(), async (tx) => tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n)))
    const [, second] = await store.eventLog.audit('c1', id)
    expect(second!.eventId).toBe('ffffffff-ffff-7fff-bfff-fffffffffff1')
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

describe('the audit trail', () => {
  test('says who changed what of which record, without sensitive values', async () => {
    const { store, accounts } = await open()
    const { id } = await store.transact(cause(), async (tx) =>
      tx.save(accounts, opened(account({ note: 'a', iban: 'DE1' }))),
    )
    await store.transact({ ...cause(staff('p9')), correlationId: 'r9' }, async (tx) => {
      const { note: _, ...record } = await tx.get(accounts, ALL, id)
      tx.save(accounts, { next: { ...record, iban: 'DE2', balance: 7n }, events: [told('a'), told('b')] })
    })
    expect(await store.eventLog.audit('c1', id)).toMatchObject([
      { record: 'account', aggregateVersion: 1, actorId: 'p1', diff: {} },
      {
        aggregateVersion: 2,
        actorId: 'p9',
        correlationId: 'r9',
        diff: { balance: { from: 0, to: 7 }, note: { from: 'a' }, iban: {} },
      },
      { aggregateVersion: 3, diff: {} },
    ])
    expect(JSON.stringify(await store.eventLog.audit('c1', id))).not.toContain('DE')
    expect(await store.eventLog.audit('c1', id, { afterVersion: 2 })).toHaveLength(1)
    expect(await store.eventLog.audit('c2', id)).toEqual([])
  })

  test('verifies when nobody touched it, also with dates, bytes and absent fields in it', async () => {
    const { store } = await filled()
    await store.eventLog.markSent(await store.eventLog.unsent(7))
    await store.eventLog.unsent(100)
    expect(await store.eventLog.verifyChain()).toEqual({ events: 12, checkpoints: 2 })
  })

  test('names a record whose content was changed', async () => {
    const { store, made, events } = await filled()
    const { id } = made[1]!
    await events.updateOne({ aggregateId: id, version: 3 } as object, { $set: { actor: 'somebody' } })
    expect((await store.eventLog.verifyChain(id)).fault).toMatchObject({ what: 'changed', aggregateId: id, version: 3 })
    expect((await store.eventLog.verifyChain()).fault).toMatchObject({ what: 'changed', aggregateId: id, version: 3 })
    expect((await store.eventLog.verifyChain(made[0]!.id)).fault).toBeUndefined()
  })

  test('names a record that was dropped, in the middle and at the end', async () => {
    const { store, made, events } = await filled()
    await events.deleteOne({ aggregateId: made[0]!.id, version: 2 } as object)
    expect((await store.eventLog.verifyChain(made[0]!.id)).fault).toMatchObject({ what: 'dropped', version: 2 })
    await events.deleteOne({ aggregateId: made[1]!.id, version: 4 } as object)
    expect((await store.eventLog.verifyChain(made[1]!.id)).fault).toMatchObject({ what: 'dropped', version: 4 })
  })

  test('names records that changed places', async () => {
    const { store, made, events } = await filled()
    const { id } = made[2]!
    const at = (version: number) => ({ aggregateId: id, version }) as object
    await events.updateOne(at(2), { $set: { version: 99 } })
    await events.updateOne(at(3), { $set: { version: 2 } })
    await events.updateOne(at(99), { $set: { version: 3 } })
    expect((await store.eventLog.verifyChain(id)).fault).toMatchObject({
      what: 'reordered',
      aggregateId: id,
      version: 2,
    })
  })

  test('finds a chain that was cut or built anew as a whole, by its seals', async () => {
    const { store, made, db, events } = await filled()
    await store.eventLog.unsent(100)
    const { id } = made[0]!
    const cut = await events.findOne({ aggregateId: id, version: 3 } as object)
    await events.deleteOne({ aggregateId: id, version: 4 } as object)
    const chain = { hash: (cut as unknown as { hash: string }).hash, eventId: cut!._id }
    await db.collection<{ _id: string }>('accounts').updateOne({ _id: id }, { $set: { version: 3, chain } })
    expect((await store.eventLog.verifyChain(id)).fault).toBeUndefined()
    expect((await store.eventLog.verifyChain()).fault).toMatchObject({ what: 'dropped', position: 4, checkpoint: 1 })
  })

  test('finds a seal that is missing, forged or cut off', async () => {
    for (const [spoil, checkpoint] of [
      [{ $set: { at: new Date(0), signature: Buffer.alloc(64) } }, 1],
      [{ $set: { toPosition: 4 } }, 1],
    ] as const) {
      const { store, db } = await filled(1, 3)
      await store.eventLog.markSent(await store.eventLog.unsent(2))
      await store.eventLog.unsent(4)
      await db.collection<{ _id: number }>('audit_checkpoints').updateOne({ _id: 1 }, spoil)
      expect((await store.eventLog.verifyChain()).fault).toEqual({ what: 'unsealed', checkpoint })
    }
    const { store, db } = await filled(1, 3)
    await store.eventLog.markSent(await store.eventLog.unsent(2))
    await store.eventLog.unsent(4)
    await db.collection<{ _id: number }>('audit_checkpoints').deleteOne({ _id: 2 })
    expect((await store.eventLog.verifyChain()).fault).toEqual({ what: 'unsealed', checkpoint: 2 })
  })
})

test('a lease has one holder until it ends or is given up', async () => {
  let now = 1_000_000
  const { store } = await open({ clock: { now: () => new Date(now) } })
  const [a, b] = [newId(), newId()]
  const { acquireLease, leaseHolder } = store.eventLog
  expect(await acquireLease('relay', a, 1_000)).toBe(true)
  expect(await acquireLease('relay', b, 1_000)).toBe(false)
  now += 900
  expect(await acquireLease('relay', a, 1_000)).toBe(true)
  now += 900
  expect(await acquireLease('relay', b, 1_000)).toBe(false)
  expect(await leaseHolder('relay')).toBe(a)
  now += 101
  expect(await leaseHolder('relay')).toBeUndefined()
  expect(await acquireLease('relay', b, 1_000)).toBe(true)
  expect(await acquireLease('relay', a, 0)).toBe(false)
  expect(await acquireLease('relay', b, 0)).toBe(true)
  expect(await acquireLease('relay', a, 1_000)).toBe(true)
  const many = Array.from({ length: 20 }, (_, index) => acquireLease('other', `h${index}`, 1_000))
  expect((await Promise.all(many)).filter(Boolean)).toHaveLength(1)
})
