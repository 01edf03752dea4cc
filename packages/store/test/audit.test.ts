import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import type { AuditEntry, AuditQuery, EventLog } from '../src/index.ts'
import { ALL, account, COMPANY, cause, opened, refusal, staff, told, withEngine } from './harness.ts'
import { filledBy, record } from './sealed-log.ts'

const { open } = withEngine()
const filled = filledBy(open)

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
    expect((await store.eventLog.audit('c1', { aggregateId: id })).items).toMatchObject([
      { record: 'account', aggregateVersion: 1, actorId: 'p1', diff: {} },
      {
        aggregateVersion: 2,
        actorId: 'p9',
        correlationId: 'r9',
        diff: { balance: { from: 0, to: 7 }, note: { from: 'a' }, iban: {} },
      },
      { aggregateVersion: 3, diff: {} },
    ])
    expect(JSON.stringify(await store.eventLog.audit('c1', { aggregateId: id }))).not.toContain('DE')
    expect(await store.eventLog.audit('c2', { aggregateId: id })).toEqual({ items: [], nextPageToken: '' })
  })

  const everyPage = async (read: EventLog['audit'], companyId: string, query: AuditQuery) => {
    const items: AuditEntry[] = []
    let pageToken = ''
    do {
      const page = await read(companyId, { ...query, pageToken })
      items.push(...page.items)
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    return items
  }

  test('is read in pages: a record’s oldest first, a company’s newest first, and another company’s never', async () => {
    const { store, accounts, made } = await filled(3, 3)
    const foreign = account({ companyId: 'c2' })
    await store.transact(cause(staff('p2', { companyId: 'c2' })), async (tx) => tx.save(accounts, opened(foreign)))
    const { audit } = store.eventLog
    const own = await everyPage(audit, COMPANY, { pageSize: 5 })
    const ids = own.map(({ eventId }) => eventId)
    expect(ids).toEqual([...new Set(ids)].toSorted().toReversed())
    expect([own.length, new Set(own.map(({ companyId }) => companyId))]).toEqual([12, new Set([COMPANY])])
    const rising = await everyPage(audit, COMPANY, { pageSize: 7, orderBy: 'eventId' })
    expect(rising).toEqual(own.toReversed())
    const aggregateId = made[1]!.id
    const ofOne = await everyPage(audit, COMPANY, { pageSize: 3, aggregateId })
    expect(ofOne).toEqual(rising.filter((entry) => entry.aggregateId === aggregateId))
    expect(await everyPage(audit, COMPANY, { aggregateId, orderBy: '-eventId' })).toEqual(ofOne.toReversed())
    const { items, totalSize } = await audit('c2', { withTotal: true })
    expect([items.map((entry) => entry.aggregateId), totalSize]).toEqual([[foreign.id], 1])
  })

  test('goes on neither for another record, nor in another order, nor in one that it has not', async () => {
    const { store, made } = await filled(2, 2)
    const { audit } = store.eventLog
    const [aggregateId, another] = made.map(({ id }) => id)
    const query = { pageSize: 1, aggregateId: aggregateId! }
    const { nextPageToken: pageToken } = await audit(COMPANY, query)
    for (const wrong of [{ aggregateId: another! }, { orderBy: '-eventId' }, { pageToken: '5' }])
      expect((await refusal(audit(COMPANY, { ...query, pageToken, ...wrong }))).code).toBe('page_token_mismatch')
    expect((await refusal(audit(COMPANY, { pageToken }))).code).toBe('page_token_mismatch')
    expect((await refusal(audit(COMPANY, { orderBy: 'actorId' }))).code).toBe('bad_order_by')
  })

  test('verifies when nobody touched it, also with dates, bytes and absent fields in it', async () => {
    const { store } = await filled()
    await store.eventLog.markSent(await store.eventLog.unsent(7))
    await store.eventLog.unsent(100)
    expect(await store.eventLog.verifyChain()).toEqual({ events: 12, checkpoints: 2 })
  })

  test('of another company’s record says what it says of one that nobody has', async () => {
    const { store, made, db, events } = await filled(2, 1)
    const { verifyChain } = store.eventLog
    const [whole, gone] = made.map(({ id }) => id)
    const ofNobody = await refusal(verifyChain(record(newId())))
    expect(ofNobody).toMatchObject({ kind: 'not_found', code: 'record_not_found' })
    const refused = async (of: ReturnType<typeof record>) => (await refusal(verifyChain(of))).code
    expect(await refused(record(whole!, 'c2'))).toBe(ofNobody.code)
    // Whoever takes the record or its events away has not hidden that it was there, and shows nobody else that it was.
    await db.collection<{ _id: string }>('accounts').deleteOne({ _id: whole! })
    expect(await verifyChain(record(whole!))).toEqual({ events: 2, checkpoints: 0 })
    await events.deleteMany({ aggregateId: gone } as object)
    expect((await verifyChain(record(gone!))).fault).toMatchObject({ what: 'dropped' })
    expect([await refused(record(whole!, 'c2')), await refused(record(gone!, 'c2'))]).toEqual([
      ofNobody.code,
      ofNobody.code,
    ])
  })

  test('F25: names a record whose content was changed', async () => {
    const { store, made, events } = await filled()
    const { id } = made[1]!
    await events.updateOne({ aggregateId: id, version: 3 } as object, { $set: { actor: 'somebody' } })
    expect((await store.eventLog.verifyChain(record(id))).fault).toMatchObject({
      what: 'changed',
      aggregateId: id,
      version: 3,
    })
    expect((await store.eventLog.verifyChain()).fault).toMatchObject({ what: 'changed', aggregateId: id, version: 3 })
    expect((await store.eventLog.verifyChain(record(made[0]!.id))).fault).toBeUndefined()
  })

  test('F25: names a record that was dropped, in the middle and at the end', async () => {
    const { store, made, events } = await filled()
    await events.deleteOne({ aggregateId: made[0]!.id, version: 2 } as object)
    expect((await store.eventLog.verifyChain(record(made[0]!.id))).fault).toMatchObject({ what: 'dropped', version: 2 })
    await events.deleteOne({ aggregateId: made[1]!.id, version: 4 } as object)
    expect((await store.eventLog.verifyChain(record(made[1]!.id))).fault).toMatchObject({ what: 'dropped', version: 4 })
  })

  test('F25: names records that changed places', async () => {
    const { store, made, events } = await filled()
    const { id } = made[2]!
    const at = (version: number) => ({ aggregateId: id, version }) as object
    await events.updateOne(at(2), { $set: { version: 99 } })
    await events.updateOne(at(3), { $set: { version: 2 } })
    await events.updateOne(at(99), { $set: { version: 3 } })
    expect((await store.eventLog.verifyChain(record(id))).fault).toMatchObject({
      what: 'reordered',
      aggregateId: id,
      version: 2,
    })
  })

  test('F25: finds a chain that was cut or built anew as a whole, by its seals', async () => {
    const { store, made, db, events } = await filled()
    await store.eventLog.unsent(100)
    const { id } = made[0]!
    const cut = await events.findOne({ aggregateId: id, version: 3 } as object)
    await events.deleteOne({ aggregateId: id, version: 4 } as object)
    const chain = { hash: (cut as unknown as { hash: string }).hash, eventId: cut!._id }
    const accounts = db.collection<{ _id: string; balance: number }>('accounts')
    await accounts.updateOne({ _id: id }, { $set: { version: 3, chain } })
    expect((await store.eventLog.verifyChain(record(id))).fault).toMatchObject({ what: 'altered', version: 3 })
    await accounts.updateOne({ _id: id }, { $inc: { balance: -1 } })
    expect((await store.eventLog.verifyChain(record(id))).fault).toBeUndefined()
    expect((await store.eventLog.verifyChain()).fault).toMatchObject({ what: 'dropped', position: 4, checkpoint: 1 })
  })

  test('F25: finds a seal that is missing, forged or cut off', async () => {
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
