import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { companyScope, scopeFor } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { ALL, account, cause, command, opened, paidIn, refusal, staff, told, withEngine } from './harness.ts'

const { open } = withEngine()

describe('a transaction', () => {
  test('stores a record with its events and reads it back', async () => {
    const { store, accounts, db } = await open()
    const made = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account({ note: 'first' }))))
    expect(made.version).toBe(1)
    expect(await accounts.get(ALL, made.id)).toEqual(made)
    const events = await db.collection('events').find().toArray()
    expect(events).toMatchObject([{ aggregateId: made.id, version: 1, actor: 'p1', record: 'account', prevHash: '' }])
  })

  test('k events raise the version by k, no events write nothing', async () => {
    const { store, accounts, db } = await open()
    const { id } = await store.transact(cause(), async (tx) =>
      tx.save(accounts, { next: account(), events: [told('a'), told('b'), told('c')] }),
    )
    expect((await accounts.get(ALL, id)).version).toBe(3)
    await store.transact(cause(), async (tx) => {
      const record = await tx.get(accounts, ALL, id)
      return tx.save(accounts, { next: { ...record, owner: 'nobody' }, events: [] })
    })
    expect(await accounts.get(ALL, id)).toMatchObject({ version: 3, owner: 'Li' })
    expect(await db.collection('events').countDocuments()).toBe(3)
  })

  test('whose answer would be too late is dropped before it is written', async () => {
    const { store, accounts, db } = await open()
    const late = new AbortController()
    const work = store.transact({ ...cause(), signal: late.signal }, async (tx) => {
      tx.save(accounts, opened(account()))
      late.abort(new Error('too late'))
    })
    await expect(work).rejects.toThrow('too late')
    expect(await db.collection('events').countDocuments()).toBe(0)
    expect(await db.collection('accounts').countDocuments()).toBe(0)
  })

  test('leaves fields alone that this code does not know', async () => {
    const { store, accounts, db } = await open()
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account({ note: 'old' }))))
    await db.collection<{ _id: string }>('accounts').updateOne({ _id: id }, { $set: { fromTomorrow: 7 } })
    await store.transact(cause(), async (tx) => {
      const { note: _, ...record } = await tx.get(accounts, ALL, id)
      tx.save(accounts, paidIn(record, 5n))
    })
    const document = await db.collection<{ _id: string }>('accounts').findOne({ _id: id })
    expect(document).toMatchObject({ fromTomorrow: 7, balance: 5, version: 2 })
    expect(document).not.toHaveProperty('note')
  })

  test('sees what it staged, by id and by filter, and what it removed no more', async () => {
    const { store, accounts } = await open()
    await store.transact(cause(), async (tx) => {
      const made = tx.save(accounts, opened(account({ owner: 'Wang' })))
      expect(await tx.get(accounts, ALL, made.id)).toEqual(made)
      expect(await tx.findBy(accounts, ALL, { owner: 'Wang' })).toEqual([made])
      const paid = tx.save(accounts, paidIn(made, 3n))
      expect(await tx.findBy(accounts, ALL, { balance: 3 })).toEqual([paid])
      expect(await accounts.findBy(ALL, { owner: 'Wang' })).toEqual([])
    })
    expect(await accounts.findBy(ALL, { owner: 'Wang' })).toMatchObject([{ balance: 3n, version: 2 }])
  })

  test('is all or nothing: an abort after its writes were sent leaves neither state, event nor mark', async () => {
    const { store, accounts, db } = await open()
    const broken = store.answer(command('k'), StringValueSchema, async (tx) => {
      tx.save(accounts, opened(account()))
      expect(await tx.findBy(accounts, ALL, {})).toHaveLength(1)
      throw new Error('the process dies here')
    })
    await expect(broken).rejects.toThrow('dies here')
    for (const name of ['accounts', 'events', 'command_marks']) {
      expect(await db.collection(name).countDocuments()).toBe(0)
    }
  })

  test('writes nothing of several records when one of them cannot be written', async () => {
    const { store, accounts, db } = await open()
    await store.transact(cause(), async (tx) => tx.save(accounts, opened(account({ iban: 'DE1' }))))
    const refused = await refusal(
      store.answer(command('k'), StringValueSchema, async (tx) => {
        tx.save(accounts, opened(account()))
        tx.save(accounts, opened(account({ iban: 'DE1' })))
        return { value: 'never' }
      }),
    )
    expect(refused).toMatchObject({ kind: 'conflict', code: 'iban_taken' })
    expect(await accounts.count(ALL)).toBe(1)
    expect(await db.collection('events').countDocuments()).toBe(1)
    expect(await db.collection('command_marks').countDocuments()).toBe(0)
  })

  test('F12: a hundred parallel changes of one record end exact', async () => {
    const { store, accounts } = await open()
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    let attempts = 0
    await Promise.all(
      Array.from({ length: 100 }, () =>
        store.transact(cause(), async (tx) => {
          attempts++
          tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n))
        }),
      ),
    )
    expect(await accounts.get(ALL, id)).toMatchObject({ balance: 100n, version: 101 })
    expect(attempts).toBeLessThanOrEqual(250)
    expect(await store.eventLog.verifyChain()).toEqual({ events: 101, checkpoints: 0 })
  })

  test('F12: changes from several processes at once end exact too', async () => {
    const first = await open()
    const others = await Promise.all([1, 2, 3].map(() => open({ name: first.name })))
    const { id } = await first.store.transact(cause(), async (tx) => tx.save(first.accounts, opened(account())))
    await Promise.all(
      others.flatMap(({ store, accounts }) =>
        Array.from({ length: 10 }, () =>
          store.transact(cause(), async (tx) => {
            tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n))
          }),
        ),
      ),
    )
    expect(await first.accounts.get(ALL, id)).toMatchObject({ balance: 30n, version: 31 })
  })

  test('two that take the same records in opposite order both end, with a read in between', async () => {
    const { store, accounts } = await open()
    const ids = await store.transact(cause(), async (tx) =>
      [account(), account()].map((record) => tx.save(accounts, opened(record)).id),
    )
    const move = (order: readonly string[]) =>
      store.transact(cause(), async (tx) => {
        for (const id of order) {
          tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n))
          await tx.findBy(accounts, ALL, { owner: 'Li' })
        }
      })
    await Promise.all(Array.from({ length: 10 }, (_, index) => move(index % 2 ? ids : ids.toReversed())))
    expect(await accounts.findBy(ALL, {})).toMatchObject([{ balance: 10n }, { balance: 10n }])
  })

  test('a record that stays contended is refused as busy, with a time to come back', async () => {
    const { store, accounts, db } = await open()
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    let attempts = 0
    const refused = await refusal(
      store.transact(cause(), async (tx) => {
        attempts++
        const record = await tx.get(accounts, ALL, id)
        await db.collection<{ _id: string }>('accounts').updateOne({ _id: id }, { $inc: { version: 1 } })
        tx.save(accounts, paidIn(record, 1n))
      }),
    )
    expect(refused).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 })
    expect(attempts).toBe(9)
  })

  test('a number that a double does not hold is refused on the way in', async () => {
    const { store, accounts } = await open()
    for (const balance of [2n ** 53n, -(2n ** 53n), 10n ** 30n]) {
      const refused = await refusal(
        store.transact(cause(), async (tx) => tx.save(accounts, opened(account({ balance })))),
      )
      expect(refused).toMatchObject({ code: 'number_not_exact', params: { field: 'balance' } })
    }
    const edge = await store.transact(cause(), async (tx) =>
      tx.save(accounts, opened(account({ balance: 2n ** 53n - 1n }))),
    )
    expect((await accounts.get(ALL, edge.id)).balance).toBe(9_007_199_254_740_991n)
  })

  test('a record of somebody else is not there', async () => {
    const { store, accounts } = await open()
    const mine = { ownerId: 'p1', unitId: 'u2', orgPath: ['u1', 'u2'] }
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account(mine))))
    const reach = (grant: 'self' | 'team' | 'subtree' | 'partner', more: object) =>
      scopeFor(staff('p1', { ...more, grants: new Map([['x', grant]]) }), 'x')!
    for (const scope of [reach('self', {}), reach('team', { unitId: 'u2' }), reach('subtree', { unitId: 'u1' })]) {
      expect((await accounts.get(scope, id)).id).toBe(id)
      expect((await store.transact(cause(), (tx) => tx.get(accounts, scope, id))).id).toBe(id)
    }
    const strangers = [
      reach('self', { id: 'p2' }),
      reach('team', { unitId: 'u1' }),
      reach('subtree', { unitId: 'u3' }),
      reach('partner', { partnerId: 'd1' }),
      companyScope('c2'),
    ]
    for (const scope of strangers) {
      expect(await refusal(accounts.get(scope, id))).toMatchObject({ kind: 'not_found', code: 'account_not_found' })
      expect(await accounts.findBy(scope, { _id: id })).toEqual([])
      const inside = store.transact(cause(), async (tx) => {
        await tx.get(accounts, ALL, id)
        await tx.get(accounts, scope, id)
      })
      expect((await refusal(inside)).code).toBe('account_not_found')
    }
    expect(await accounts.findBy(reach('self', { id: 'p2' }), { ownerId: 'p1' })).toEqual([])
  })
})
