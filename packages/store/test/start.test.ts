import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openStore } from '../src/store.ts'
import { ACCOUNTS, describeEvent, withEngine } from './harness.ts'

const { engine, open } = withEngine()

test('numbers are unique and rise within a process, over blocks and over processes', async () => {
  const first = await open()
  const second = await open({ name: first.name })
  const ask = (store: typeof first.store) => store.numbers('c1', 'SO', '2017-03-01')
  const [ours, theirs] = await Promise.all(
    [first.store, second.store].map((store) => Promise.all(Array.from({ length: 130 }, () => ask(store)))),
  )
  expect(ours![0]).toMatch(/^SO-20170301-\d{6}$/)
  expect(new Set([...ours!, ...theirs!]).size).toBe(260)
  for (const numbers of [ours!, theirs!]) expect(numbers).toEqual(numbers.toSorted())
})

test('numbers go on behind a restart, with a gap, and each company and type has its own', async () => {
  const first = await open()
  expect(await first.store.numbers('c1', 'SO', '2017-03-01')).toBe('SO-20170301-000001')
  expect(await first.store.numbers('c1', 'SO', '2018-12-31')).toBe('SO-20181231-000002')
  expect(await first.store.numbers('c1', 'QT', '2017-03-01')).toBe('QT-20170301-000001')
  expect(await first.store.numbers('c2', 'SO', '2017-03-01')).toBe('SO-20170301-000001')
  const again = await open({ name: first.name })
  expect(await again.store.numbers('c1', 'SO', '2017-03-01')).toBe('SO-20170301-000051')
})

test('a migration runs once, in order, by one of several processes, and a failed one comes again', async () => {
  const name = 'migrated'
  const ran: string[] = []
  let fails = true
  const migrations = [
    {
      name: 'first',
      async run() {
        await wait(20)
        ran.push('first')
      },
    },
    {
      name: 'second',
      run: async () => {
        if (fails) throw new Error('not yet')
        ran.push('second')
      },
    },
  ]
  const stores = [1, 2, 3].map(() => {
    const store = openStore({ connection: engine.connection, describe: describeEvent, name })
    store.repository(ACCOUNTS)
    return store
  })
  await expect(stores[0]!.start(migrations)).rejects.toThrow('not yet')
  fails = false
  await Promise.all(stores.map((store) => store.start(migrations)))
  await stores[0]!.start(migrations)
  expect(ran).toEqual(['first', 'second'])
})

test('the indexes of scopes and mappings are made, and what must end ends', async () => {
  const { db } = await open()
  const keys = (await db.collection('accounts').indexes()).map(({ key }) => Object.keys(key as object).join())
  expect(keys).toEqual(
    expect.arrayContaining([
      'companyId,_id',
      'companyId,ownerId,_id',
      'companyId,unitId,_id',
      'companyId,orgPath,_id',
      'companyId,partnerId,_id',
      'companyId,iban',
    ]),
  )
  const days = async (collection: string) =>
    (await db.collection(collection).indexes()).map(({ expireAfterSeconds: s }) => Number(s) / 86_400).filter(Boolean)
  expect(await days('command_marks')).toEqual([30])
  expect([await days('inbox'), await days('inbox_batches')]).toEqual([[90], [90]])
})

test('two mappings of one collection, and a mapping of the store’s own fields, are faults', async () => {
  const { store } = await open()
  expect(() => store.repository(ACCOUNTS)).toThrow('has two mappings')
  const schema = ACCOUNTS.schema.clone().add({ version: Number })
  expect(() => store.repository({ ...ACCOUNTS, collection: 'others', schema })).toThrow("names 'version'")
})
