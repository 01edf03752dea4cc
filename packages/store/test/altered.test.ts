import { describe, expect, test } from 'vitest'
import { ALL, account, COMPANY, cause, opened, refusal, staff, told, withEngine } from './harness.ts'
import { filledBy, record } from './sealed-log.ts'

const { open } = withEngine()
const filled = filledBy(open)

type Raw = { _id: string; [field: string]: unknown }

describe('a record is held to what its last event left', () => {
  test.each<[string, object]>([
    ['an amount that was changed', { $set: { balance: 1 } }],
    ['a text that was taken away', { $unset: { note: true } }],
    ['a field that was put in', { $set: { note: 'forged' } }],
    ['another owner', { $set: { ownerId: 'somebody' } }],
    ['another form', { $set: { schema: 7 } }],
    ['a sensitive value', { $set: { iban: 'DE9' } }],
  ])('%s is found, in the record alone and in the whole service', async (_, update) => {
    const { store, db, accounts } = await open()
    const ids: string[] = []
    for (const note of ['a', 'b']) {
      const made = account({ ...(note === 'a' && { note }), iban: `DE-${note}` })
      ids.push((await store.transact(cause(), async (tx) => tx.save(accounts, opened(made)))).id)
    }
    const { verifyChain, verifySlice } = store.eventLog
    for (const id of ids) expect(await verifyChain(record(id))).toEqual({ events: 1, checkpoints: 0 })
    const [noted, bare] = ids
    const id = JSON.stringify(update).includes('forged') ? bare! : noted!
    await db.collection<Raw>('accounts').updateOne({ _id: id }, update)
    const fault = { what: 'altered', aggregateId: id, version: 1, eventId: expect.any(String) }
    expect(await verifyChain(record(id))).toMatchObject({ fault })
    expect(await verifyChain()).toMatchObject({ fault })
    expect(await verifySlice({ companyId: COMPANY, from: '', forMs: 60_000 })).toMatchObject({ fault, next: '' })
    expect(await verifyChain(record(id === bare ? noted! : bare!))).toEqual({ events: 1, checkpoints: 0 })
  })

  test('the state after several events and several saves is that of the last one', async () => {
    const { store, accounts, db } = await open()
    const { id } = await store.transact(cause(), async (tx) => {
      const made = tx.save(accounts, opened(account({ note: 'a' })))
      return tx.save(accounts, { next: { ...made, balance: 5n }, events: [told('a'), told('b')] })
    })
    await store.transact(cause(), async (tx) => {
      const known = await tx.get(accounts, ALL, id)
      tx.save(accounts, { next: { ...known, balance: 6n }, events: [told('c')] })
    })
    expect(await store.eventLog.verifyChain(record(id))).toEqual({ events: 4, checkpoints: 0 })
    // What newer code wrote beside it is not ours to judge.
    await db.collection<Raw>('accounts').updateOne({ _id: id }, { $set: { ofTomorrow: 1 } })
    expect(await store.eventLog.verifyChain(record(id))).toEqual({ events: 4, checkpoints: 0 })
  })

  test('F25: a state that was made to fit breaks the hash of its event', async () => {
    const { store, made, db, events } = await filled(2, 1)
    const { id } = made[0]!
    await db.collection<Raw>('accounts').updateOne({ _id: id }, { $set: { balance: 99 } })
    await events.updateOne({ aggregateId: id, version: 2 } as object, { $set: { 'state.hash': 'made to fit' } })
    expect((await store.eventLog.verifyChain(record(id))).fault).toMatchObject({ what: 'changed', version: 2 })
  })
})

describe('a whole service is verified in parts', () => {
  test('that add up to all of it, however short they are', async () => {
    const { store } = await filled(7, 3)
    await store.eventLog.markSent(await store.eventLog.unsent(9))
    await store.eventLog.unsent(100)
    const whole = await store.eventLog.verifyChain()
    expect(whole).toEqual({ events: 28, checkpoints: expect.any(Number) })
    const sum = { events: 0, checkpoints: 0 }
    let from = ''
    let parts = 0
    do {
      const { events, checkpoints, next, fault } = await store.eventLog.verifySlice({
        companyId: COMPANY,
        from,
        forMs: 0,
      })
      expect(fault).toBeUndefined()
      sum.events += events
      sum.checkpoints += checkpoints
      from = next
      parts++
    } while (from !== '')
    expect(sum).toEqual(whole)
    expect(parts).toBeGreaterThan(2)
  })

  test('of one company alone: what another one’s record is, it does not tell', async () => {
    const { store, accounts, db } = await filled(1, 1)
    const foreign = account({ companyId: 'c2' })
    const at = cause(staff('p2', { companyId: 'c2' }))
    await store.transact(at, async (tx) => tx.save(accounts, opened(foreign)))
    await db.collection<Raw>('accounts').updateOne({ _id: foreign.id }, { $set: { balance: 1 } })
    const slice = { from: '', forMs: 60_000 }
    expect(await store.eventLog.verifySlice({ ...slice, companyId: COMPANY })).toMatchObject({ events: 2, next: '' })
    const found = await store.eventLog.verifySlice({ ...slice, companyId: 'c2' })
    expect(found.fault).toMatchObject({ what: 'altered', aggregateId: foreign.id })
  })

  test('a token that is none of its own is refused', async () => {
    const { store } = await filled(1, 1)
    for (const from of ['x', 'e30', Buffer.from('{"stage":"checkpoints","after":-1}').toString('base64url')])
      expect((await refusal(store.eventLog.verifySlice({ companyId: COMPANY, from, forMs: 0 }))).code).toBe(
        'page_token_mismatch',
      )
  })
})
