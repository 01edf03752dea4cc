import { test as property } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketOf } from './aging.ts'
import { byProduct } from './by-product.ts'
import type { Entry } from './entry.ts'
import { GROUPINGS, type Known, keyOf } from './grouping.ts'
import { rates, shareOf } from './share.ts'
import { stageOfLead } from './stages.ts'
import { type Group, tally } from './tally.ts'

const known: Known = {
  isOffice: (unitId) => unitId.startsWith('office'),
  managerOf: (personId, date) => (date < '2017-04-01' ? `boss of ${personId}` : undefined),
  regionOf: (customerId) => ({ c1: 'North', c2: 'South' })[customerId],
}

const aPart = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), weight: fc.bigInt(0n, 1_000_000n) })
const document = { kind: 'order', path: '/v1/orders/o1' } as const
const anEntry: fc.Arbitrary<Entry> = fc.record({
  document: fc.constant(document),
  date: fc.constantFrom('2017-01-31', '2017-03-01', '2017-12-31'),
  currency: fc.constantFrom('CNY', 'USD', 'JPY'),
  amounts: fc.record({ ordered: fc.bigInt(-(10n ** 12n), 10n ** 12n), shipped: fc.bigInt(0n, 10n ** 9n) }),
  counts: fc.record({ orders: fc.integer({ min: 0, max: 3 }) }),
  ownerId: fc.option(fc.constantFrom('p1', 'p2', 'p3'), { nil: undefined }),
  unitId: fc.constantFrom('u1', 'u2'),
  orgPath: fc.constantFrom(['root', 'office1', 'u1'], ['root', 'u2'], ['root', 'office1', 'office2', 'u2']),
  customerId: fc.option(fc.constantFrom('c1', 'c2', 'c3'), { nil: undefined }),
  products: fc.array(aPart, { maxLength: 4 }),
  stage: fc.constantFrom('won', 'lost'),
  bucket: fc.constantFrom('notDue', 'over90'),
  period: fc.constantFrom('2017-Q1', '2017-03'),
})

const sumsOf = (groups: readonly Group[]) => {
  const sums = new Map<string, bigint>()
  for (const { currency, amounts } of groups) {
    for (const [name, minor] of Object.entries(amounts)) {
      sums.set(`${currency} ${name}`, (sums.get(`${currency} ${name}`) ?? 0n) + minor)
    }
  }
  return Object.fromEntries(sums)
}

describe('sums', () => {
  property.prop([fc.array(anEntry), fc.subarray([...GROUPINGS], { maxLength: 4 })])(
    'R530: over any grouping the rows add up to the totals, per currency and to the cent',
    (entries, groupings) => {
      const sums = tally(groupings)
      sums.add(entries, known)
      const whole = entries.map(({ currency, amounts }) => ({ keys: {}, currency, amounts, counts: {} }))
      expect(sumsOf(sums.groups())).toEqual(sumsOf(whole))
      expect(sumsOf(sums.totals())).toEqual(sumsOf(whole))
      expect(new Set(sums.totals().map(({ currency }) => currency)).size).toBe(sums.totals().length)
    },
  )

  property.prop([fc.array(anEntry), fc.subarray([...GROUPINGS], { maxLength: 4 })])(
    'the order of documents plays no part',
    (entries, groupings) => {
      const [one, other] = [tally(groupings), tally(groupings)]
      one.add(entries, known)
      other.add(entries.toReversed(), known)
      const sorted = (groups: readonly Group[]) => groups.map((group) => JSON.stringify(group, plain)).toSorted()
      expect(sorted(one.groups())).toEqual(sorted(other.groups()))
    },
  )

  test('a document with two products stands under both and counts once in the total', () => {
    const sums = tally(['product'])
    const products = [
      { sku: 'A', weight: 1n },
      { sku: 'B', weight: 2n },
    ]
    const entry = {
      document,
      date: '2017-03-01',
      currency: 'CNY',
      amounts: { ordered: 100n },
      counts: { orders: 1 },
      products,
    }
    sums.add([entry], known)
    expect(sums.groups()).toMatchObject([
      { keys: { product: 'A' }, amounts: { ordered: 33n }, counts: { orders: 1 } },
      { keys: { product: 'B' }, amounts: { ordered: 67n }, counts: { orders: 1 } },
    ])
    expect(sums.totals()).toMatchObject([{ keys: {}, amounts: { ordered: 100n }, counts: { orders: 1 } }])
  })
})

/** Fields in one order, and bigints as text. */
const plain = (_name: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

describe('products', () => {
  property.prop([anEntry])('split a document without losing or making a cent', (entry) => {
    const slices = byProduct(entry)
    for (const [name, minor] of Object.entries(entry.amounts)) {
      expect(slices.reduce((sum, { amounts }) => sum + (amounts[name] ?? 0n), 0n)).toBe(minor)
    }
    expect(new Set(slices.map(({ sku }) => sku)).size).toBe(slices.length)
  })

  test('whose lines are all given away weigh the same, and none means no product', () => {
    const entry = { document, date: '', currency: 'CNY', amounts: { ordered: 3n }, counts: {} }
    const free = [
      { sku: 'A', weight: 0n },
      { sku: 'B', weight: 0n },
    ]
    expect(byProduct({ ...entry, products: free }).map(({ amounts }) => amounts.ordered)).toEqual([2n, 1n])
    expect(byProduct(entry)).toEqual([{ sku: '', amounts: { ordered: 3n } }])
  })
})

describe('keys', () => {
  const entry: Entry = {
    document,
    date: '2017-03-31',
    currency: 'CNY',
    amounts: {},
    counts: {},
    ownerId: 'p1',
    orgPath: ['root', 'office1', 'office2', 'u2'],
    customerId: 'c2',
  }
  test.each([
    ['month', '2017-03'],
    ['office', 'office2'],
    ['manager', 'boss of p1'],
    ['person', 'p1'],
    ['region', 'South'],
    ['orgUnit', ''],
    ['stage', ''],
  ] as const)('%s is %j', (grouping, key) => {
    expect(keyOf(grouping, entry, '', known)).toBe(key)
  })

  test('the manager is the one of the day', () => {
    expect(keyOf('manager', { ...entry, date: '2017-04-01' }, '', known)).toBe('')
  })
})

test.each([
  ['2017-03-10', 'notDue'],
  ['2017-03-11', 'notDue'],
  ['2017-03-09', 'days1To30'],
  ['2017-02-08', 'days1To30'],
  ['2017-02-07', 'days31To60'],
  ['2017-01-09', 'days31To60'],
  ['2017-01-08', 'days61To90'],
  ['2016-12-10', 'days61To90'],
  ['2016-12-09', 'over90'],
])('due on %s is %s on the tenth of March', (dueOn, bucket) => {
  expect(bucketOf(dueOn, '2017-03-10')).toBe(bucket)
})

test('leads count with the stage that they have come to', () => {
  expect(['new', 'contacted', 'converted', 'disqualified'].map(stageOfLead)).toEqual([
    'discovery',
    'requirement_confirmed',
    undefined,
    'lost',
  ])
})

test.each([
  [12n, 13n, '0.9231'],
  [-1n, 3n, '-0.3333'],
  [1n, -2n, '-0.5000'],
  [undefined, 5n, '0.0000'],
  [5n, 0n, undefined],
  [5n, undefined, undefined],
])('%s of %s is %s', (part, whole, rate) => {
  expect(shareOf(part, whole)).toBe(rate)
  expect(rates({ rate })).toEqual(rate === undefined ? {} : { rate })
})
