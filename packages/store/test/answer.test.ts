import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { AppError } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { ALL, account, cause, command, opened, paidIn, refusal, staff, told, withEngine } from './harness.ts'

const { open } = withEngine()

describe('a command', () => {
  test('with one key 64 times at once has one effect, and every call the same answer', async () => {
    const first = await open()
    const second = await open({ name: first.name })
    const replays: string[] = []
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => {
        const { store, accounts } = index % 2 ? first : second
        return store.answer(command('k', { replayed: () => replays.push('again') }), StringValueSchema, async (tx) => {
          const made = tx.save(accounts, opened(account()))
          return { value: made.id }
        })
      }),
    )
    const [made] = await first.accounts.findBy(ALL, {})
    expect(await first.accounts.count(ALL)).toBe(1)
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set([made!.id]))
    expect(replays).toHaveLength(63)
    expect(await first.db.collection('events').countDocuments()).toBe(1)
  })

  test('repeated answers what it answered, though the record has moved on', async () => {
    const { store, accounts } = await open()
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    const pay = (key: string) =>
      store.answer(command(key), StringValueSchema, async (tx) => {
        const paid = tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n))
        return { value: String(paid.balance) }
      })
    expect(await pay('k1')).toMatchObject({ value: '1' })
    expect(await pay('k2')).toMatchObject({ value: '2' })
    expect(await pay('k1')).toMatchObject({ value: '1' })
    expect((await accounts.get(ALL, id)).balance).toBe(2n)
  })

  test('that failed leaves no mark and may be tried again', async () => {
    const { store, accounts } = await open()
    const attempt = (fails: boolean) =>
      store.answer(command('k'), StringValueSchema, async (tx) => {
        if (fails) throw new AppError('conflict', 'not_now')
        return { value: tx.save(accounts, opened(account())).id }
      })
    expect((await refusal(attempt(true))).code).toBe('not_now')
    const { value } = await attempt(false)
    expect(await accounts.find(ALL, value ?? '')).toBeDefined()
  })

  test('with the same key and another body is refused', async () => {
    const { store } = await open()
    await store.answer(command('k'), StringValueSchema, async () => ({ value: 'done' }))
    const other = store.answer(command('k', { bodyHash: 'h2' }), StringValueSchema, async () => ({ value: 'done' }))
    expect(await refusal(other)).toMatchObject({ kind: 'mismatch', code: 'idempotency_key_reused' })
  })

  test('is not answered again for whoever may no longer see the record', async () => {
    const { store, accounts, db } = await open()
    const actor = staff('p1', { grants: new Map([['accounts.write', 'self']]) })
    const make = () =>
      store.answer(command('k', { actor }), StringValueSchema, async (tx) => ({
        value: tx.save(accounts, opened(account({ ownerId: 'p1' }))).id,
      }))
    const { value } = await make()
    expect((await make()).value).toBe(value)
    await db.collection<{ _id: string }>('accounts').updateOne({ _id: value! }, { $set: { ownerId: 'p2' } })
    expect((await refusal(make())).code).toBe('account_not_found')
  })

  test('tells the id of its last event, also when it is repeated', async () => {
    const { store, accounts } = await open()
    const ids: string[] = []
    const make = () =>
      store.answer(command('k', { recorded: (id) => ids.push(id) }), StringValueSchema, async (tx) => {
        const made = tx.save(accounts, opened(account()))
        return { value: tx.save(accounts, paidIn(made, 2n)).id }
      })
    const { value } = await make()
    await make()
    const { items: trail } = await store.eventLog.audit('c1', { aggregateId: value ?? '' })
    expect(ids).toEqual([trail[1]!.eventId, trail[1]!.eventId])
  })

  test('refused because of its own first run, elsewhere and a moment before, gets the first answer', async () => {
    const { store, accounts, name } = await open()
    const elsewhere = await open({ name })
    const { id } = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account())))
    const close = (other: typeof elsewhere, before?: () => Promise<unknown>) =>
      other.store.answer(command('k'), StringValueSchema, async (tx) => {
        await tx.find(other.accounts, ALL, 'nothing')
        await before?.()
        const record = await tx.get(other.accounts, ALL, id)
        if (record.note === 'closed') throw new AppError('conflict', 'account_is_closed')
        tx.save(other.accounts, { next: { ...record, note: 'closed' }, events: [told('closed')] })
        return { value: 'closed' }
      })
    let raced = false
    const race = async () => {
      if (raced) return
      raced = true
      await close(elsewhere)
    }
    expect((await close({ ...elsewhere, store, accounts }, race)).value).toBe('closed')
    expect((await accounts.get(ALL, id)).version).toBe(2)
  })
})
