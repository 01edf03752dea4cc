import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { companyScope, conflict } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { type Account, ALL, account, cause, command, opened, paidIn, refusal, withEngine } from './harness.ts'

const { open } = withEngine()
type Place = Awaited<ReturnType<typeof open>>

/** Two processes on one database, and an account that the first one stored. */
const twoProcesses = async () => {
  const here = await open()
  const there = await open({ name: here.name })
  const made = await here.store.transact(cause(), async (tx) => tx.save(here.accounts, opened(account())))
  return { here, there, id: made.id }
}

const pay = ({ store, accounts }: Place, id: string, amount: bigint): Promise<Account> =>
  store.transact(cause(), async (tx) => tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), amount)))

test('what this process remembers never overwrites what another one stored', async () => {
  const { here, there, id } = await twoProcesses()
  for (const amount of [1n, 2n, 3n]) {
    await pay(there, id, amount)
    await pay(here, id, 10n * amount)
  }
  expect(await here.accounts.get(ALL, id)).toMatchObject({ balance: 66n, version: 7 })
  expect((await here.store.eventLog.audit('c1', { aggregateId: id })).items).toHaveLength(7)
})

test('a refusal counts only when the record is as it is stored', async () => {
  const { here, there, id } = await twoProcesses()
  const takeOut = () =>
    here.store.transact(cause(), async (tx) => {
      const record = await tx.get(here.accounts, ALL, id)
      if (record.balance < 5n) throw conflict('too_little')
      return tx.save(here.accounts, paidIn(record, -5n))
    })
  expect((await refusal(takeOut())).code).toBe('too_little')
  await pay(there, id, 5n)
  expect((await takeOut()).balance).toBe(0n)
})

test('what is only read is as it is stored when the rest is written', async () => {
  const { here, there, id } = await twoProcesses()
  const copyOf = (record: Account) => opened(account({ balance: record.balance }))
  await pay(there, id, 7n)
  const copy = await here.store.transact(cause(), async (tx) =>
    tx.save(here.accounts, copyOf(await tx.get(here.accounts, ALL, id))),
  )
  expect(copy.balance).toBe(7n)
})

test('a record that another process took away is not there', async () => {
  const here = await open()
  const there = await open({ name: here.name })
  const copy = account()
  await here.store.transact(cause(), async (tx) => tx.put(here.accounts, copy))
  await there.store.transact(cause(), async (tx) =>
    tx.remove(there.accounts, await tx.get(there.accounts, ALL, copy.id)),
  )
  const found = here.store.transact(cause(), (tx) => tx.find(here.accounts, ALL, copy.id))
  expect(await found).toBeUndefined()
})

test('a record that was made anew elsewhere, at a lower version, is written on', async () => {
  const here = await open()
  const there = await open({ name: here.name })
  const copy = account()
  const put = ({ store, accounts }: Place, balance: bigint) =>
    store.transact(cause(), async (tx) => {
      const known = await tx.find(accounts, ALL, copy.id)
      return tx.put(accounts, { ...(known ?? copy), balance })
    })
  for (const balance of [1n, 2n, 3n]) await put(here, balance)
  await there.store.transact(cause(), async (tx) =>
    tx.remove(there.accounts, await tx.get(there.accounts, ALL, copy.id)),
  )
  await put(there, 4n)
  expect(await put(here, 5n)).toMatchObject({ balance: 5n, version: 2 })
})

test('a scope is asked of what is remembered too', async () => {
  const { here, id } = await twoProcesses()
  const found = here.store.transact(cause(), (tx) => tx.find(here.accounts, companyScope('c2'), id))
  expect(await found).toBeUndefined()
})

test('the command that another process did is answered as it was then', async () => {
  const { here, there, id } = await twoProcesses()
  const payBy = ({ store, accounts }: Place) =>
    store.answer(command('k1'), StringValueSchema, async (tx) => {
      const record = tx.save(accounts, paidIn(await tx.get(accounts, ALL, id), 1n))
      return { value: `balance ${record.balance}` }
    })
  expect((await payBy(there)).value).toBe('balance 1')
  expect((await payBy(here)).value).toBe('balance 1')
  expect((await here.accounts.get(ALL, id)).balance).toBe(1n)
})

test('who holds a unique value is named, before any rule that would refuse the work', async () => {
  const { store, accounts } = await open()
  const first = await store.transact(cause(), async (tx) => tx.save(accounts, opened(account({ iban: 'DE1' }))))
  const openNamed = (rule: () => void) =>
    store.transact(cause(), async (tx) => {
      const holder = await tx.findHolder(accounts, ALL, { iban: 'DE1' })
      if (holder) throw conflict('iban_taken', { id: holder.id })
      rule()
      return tx.save(accounts, opened(account({ iban: 'DE1' })))
    })
  const refuse = () => {
    throw conflict('closed_today')
  }
  for (const rule of [() => undefined, refuse]) {
    const { code, params } = await refusal(openNamed(rule))
    expect([code, params]).toEqual(['iban_taken', { id: first.id }])
  }
})
