import { fc, test as property } from '@fast-check/vitest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Repository, Store } from '../src/index.ts'
import { ACCOUNTS, type Account, ALL, account, cause, opened, refusal, withEngine } from './harness.ts'

const { open } = withEngine()

const store100 = async (store: Store, accounts: Repository<Account>, records: readonly Account[]) => {
  await store.transact(cause(), async (tx) => {
    for (const record of records) tx.save(accounts, opened(record))
  })
}

const everyPage = async (
  accounts: Repository<Account>,
  orderBy: string,
  pageSize: number,
): Promise<readonly Account[]> => {
  const items: Account[] = []
  let pageToken = ''
  do {
    const page = await accounts.list(ALL, { orderBy, pageSize, pageToken })
    items.push(...page.items)
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return items
}

const compare = (left: string | bigint, right: string | bigint) => (left < right ? -1 : Number(left > right))
/** What the store should say, by brute force: absent notes come first, ids break ties in the direction of the last field. */
const ORDERS: Readonly<Record<string, (a: Account, b: Account) => number>> = {
  '': (a, b) => compare(b.id, a.id),
  owner: (a, b) => compare(a.owner, b.owner) || compare(a.id, b.id),
  '-owner': (a, b) => compare(b.owner, a.owner) || compare(b.id, a.id),
  note: (a, b) => compare(a.note ?? '', b.note ?? '') || compare(a.id, b.id),
  '-note': (a, b) => compare(b.note ?? '', a.note ?? '') || compare(b.id, a.id),
  balance: (a, b) => compare(a.balance, b.balance) || compare(b.owner, a.owner) || compare(b.id, a.id),
  '-balance': (a, b) => compare(b.balance, a.balance) || compare(a.owner, b.owner) || compare(a.id, b.id),
}

describe('pages', () => {
  let place: Awaited<ReturnType<typeof open>>
  beforeEach(async () => {
    place = await open()
  })
  afterEach(async () => {
    await place.db.dropDatabase()
  })

  const row = fc.record({
    owner: fc.constantFrom('a', 'b', 'c'),
    note: fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined }),
    balance: fc.bigInt(-2n, 2n),
  })

  property.prop([fc.array(row, { maxLength: 25 }), fc.integer({ min: 1, max: 9 })], { numRuns: 15 })(
    'hold every row once and in order, whatever the order and the size of the page',
    async (rows, pageSize) => {
      const { store, accounts, db } = place
      await db.collection('accounts').deleteMany({})
      const records = rows.map(({ note, ...rest }) => account({ ...rest, ...(note !== undefined && { note }) }))
      await store100(store, accounts, records)
      for (const [orderBy, order] of Object.entries(ORDERS)) {
        const ids = (await everyPage(accounts, orderBy, pageSize)).map(({ id }) => id)
        expect(ids, orderBy).toEqual(records.toSorted(order).map(({ id }) => id))
      }
    },
  )

  test('stay stable while rows are added in front', async () => {
    const { store, accounts } = place
    await store100(
      store,
      accounts,
      Array.from({ length: 4 }, () => account({ owner: 'b' })),
    )
    const first = await accounts.list(ALL, { orderBy: 'owner', pageSize: 2 })
    await store100(store, accounts, [account({ owner: 'a' })])
    const second = await accounts.list(ALL, { orderBy: 'owner', pageSize: 2, pageToken: first.nextPageToken })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    expect(second.nextPageToken).toBe('')
  })

  test('are never continued under another filter or order, nor by a token that we did not make', async () => {
    const { store, accounts } = place
    await store100(store, accounts, [account(), account(), account()])
    const query = { filter: { owner: 'Li' }, orderBy: 'owner', pageSize: 1 }
    const { nextPageToken: pageToken } = await accounts.list(ALL, query)
    const [hash] = JSON.parse(Buffer.from(pageToken, 'base64url').toString()) as string[]
    const forged = Buffer.from(JSON.stringify([hash, { $gt: '' }, 'x'])).toString('base64url')
    for (const wrong of [
      { ...query, filter: { owner: 'Wang' }, pageToken },
      { ...query, orderBy: '-owner', pageToken },
      { ...query, pageToken: forged },
      { ...query, pageToken: 'nonsense' },
    ]) {
      expect(await refusal(accounts.list(ALL, wrong))).toMatchObject({ kind: 'invalid', code: 'page_token_mismatch' })
    }
    expect((await refusal(accounts.list(ALL, { orderBy: 'salary' }))).code).toBe('bad_order_by')
    expect((await accounts.list(ALL, { ...query, pageToken })).items).toHaveLength(1)
  })

  test('count what there is when asked, and hold 50 rows by default and 200 at most', async () => {
    const { store, accounts } = place
    await store100(
      store,
      accounts,
      Array.from({ length: 210 }, () => account()),
    )
    expect((await accounts.list(ALL)).items).toHaveLength(50)
    expect((await accounts.list(ALL)).totalSize).toBeUndefined()
    const { items, totalSize } = await accounts.list(ALL, { pageSize: 1_000, withTotal: true })
    expect([items.length, totalSize]).toEqual([200, 210])
    const sums = await accounts.aggregate<{ n: number }>(ALL, [{ $group: { _id: '$owner', n: { $sum: 1 } } }])
    expect(sums).toEqual([{ _id: 'Li', n: 210 }])
  })
})

test('go by the order that their records name, which is indexed for every reach', async () => {
  const { store, db } = await open()
  const accounts = store.repository({ ...ACCOUNTS, collection: 'listed', listed: '-balance' })
  await store.start()
  const records = [3n, 1n, 2n, 2n].map((balance, at) => account({ balance, owner: `o${at}` }))
  await store100(store, accounts, records)
  const first = await accounts.list(ALL, { pageSize: 2 })
  const rest = await accounts.list(ALL, { pageToken: first.nextPageToken })
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([0, 2, 3, 1].map((at) => records[at]!.id))
  const rising = await accounts.list(ALL, { orderBy: 'balance', pageSize: 1 })
  expect(rising.items[0]!.id).toBe(records[1]!.id)
  const keys = (await db.collection('listed').indexes()).map(({ key }) => key)
  const listed = { balance: -1, owner: 1, _id: 1 }
  for (const common of [{}, { ownerId: 1 }, { unitId: 1 }, { orgPath: 1 }, { partnerId: 1 }])
    expect(keys).toContainEqual({ companyId: 1, ...common, ...listed })
})

test('a total is counted to 10,000 and no further', async () => {
  const { accounts, db } = await open()
  const rows = Array.from({ length: 10_050 }, (_, index) => ({
    _id: `r${index}`,
    companyId: 'c1',
    version: 1,
    owner: 'Li',
    balance: 0,
    lines: [],
  }))
  await db.collection<{ _id: string }>('accounts').insertMany(rows)
  expect((await accounts.list(ALL, { pageSize: 1, withTotal: true })).totalSize).toBe(10_000)
})
