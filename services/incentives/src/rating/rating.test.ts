import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Entry, rate } from './entries.ts'
import { type Change, type Told, tell } from './tell.ts'
import { commissionOn, exactly, rounded, type Tier } from './tiers.ts'

/** 3 % up to 75,000.00 and 5 % above. */
const QUARTERLY: readonly Tier[] = [
  { from: 0n, rate: 30_000n },
  { from: 7_500_000n, rate: 50_000n },
]
const always = (tiers: readonly Tier[]) => () => tiers
const entry = (on: string, basis: bigint, allocationId = on): Entry => ({ on, paymentNo: 'PAY', allocationId, basis })

/** What has been told when changes arrive in this order, by allocation, and all entries. */
const arrive = (changes: readonly Change[], tiersOn: (on: string) => readonly Tier[]) => {
  let entries: readonly Entry[] = []
  const told: Told[] = []
  for (const change of changes) {
    const step = tell(entries, change, tiersOn)
    entries = step.next
    told.push(...step.told)
  }
  const amount = told.reduce((sum, line) => sum + line.amount, 0n)
  const basisAt = (allocationId: string, wanted: bigint) =>
    told
      .filter((line) => line.allocationId === allocationId)
      .flatMap(({ shares }) => shares)
      .reduce((sum, share) => (share.rate === wanted ? sum + share.basis : sum), 0n)
  return { entries, told, amount, basisAt }
}

const someTiers = fc
  .uniqueArray(fc.record({ from: fc.bigInt({ min: 1n, max: 2_000n }), rate: fc.bigInt({ min: 0n, max: 400_000n }) }), {
    selector: ({ from }) => from,
    maxLength: 4,
  })
  .map((above) => [{ from: 0n, rate: 33_333n }, ...above.sort((a, b) => (a.from < b.from ? -1 : 1))])
const someEntries = fc.uniqueArray(
  fc.record({
    on: fc.constantFrom('2017-01-02', '2017-01-03', '2017-02-28', '2017-03-31'),
    paymentNo: fc.constantFrom('PAY-1', 'PAY-2', 'PAY-3'),
    allocationId: fc.uuid(),
    basis: fc.bigInt({ min: 1n, max: 999n }),
  }),
  { selector: ({ allocationId }) => allocationId, minLength: 1, maxLength: 12 },
)
const shuffled = (entries: readonly Entry[]) =>
  fc.shuffledSubarray([...entries], { minLength: entries.length, maxLength: entries.length })
const inTwoOrders = someEntries.chain((entries) => fc.tuple(fc.constant(entries), shuffled(entries)))

describe('tiers', () => {
  test('what lies above a limit earns the higher rate, what lies below it the lower one', () => {
    expect(commissionOn(QUARTERLY, 7_500_000n)).toBe(225_000n)
    expect(commissionOn(QUARTERLY, 8_500_000n)).toBe(275_000n)
    expect(commissionOn(QUARTERLY, 0n)).toBe(0n)
  })

  test('a payment that crosses a limit lies in both tiers', () => {
    const [, second] = rate(
      [entry('2017-01-01', 7_200_000n), entry('2017-03-01', 500_000n)],
      always(QUARTERLY),
    ).values()
    expect(second).toEqual([
      { rate: 30_000n, basis: 300_000n },
      { rate: 50_000n, basis: 200_000n },
    ])
  })

  property.prop([someTiers, fc.bigInt({ min: -5_000n, max: 5_000n })])(
    'there is no gap between tiers',
    (tiers, basis) => {
      const step = commissionOn(tiers, basis + 1n) - commissionOn(tiers, basis)
      expect(step >= 0n && step <= 1n).toBe(true)
    },
  )
})

describe('what is told (decisions 28)', () => {
  test('a late payment takes the lower tier, and the one that it displaces is adjusted', () => {
    const { told } = arrive([entry('2017-02-01', 7_500_000n), entry('2017-01-01', 100_000n)], always(QUARTERLY))
    expect(told.slice(1)).toEqual([
      {
        allocationId: '2017-01-01',
        basis: 100_000n,
        amount: 3_000n,
        shares: [{ rate: 30_000n, basis: 100_000n, amount: 3_000n }],
      },
      {
        allocationId: '2017-02-01',
        basis: 0n,
        amount: 2_000n,
        shares: [
          { rate: 30_000n, basis: -100_000n, amount: -3_000n },
          { rate: 50_000n, basis: 100_000n, amount: 5_000n },
        ],
      },
    ])
  })

  test('what stays in its tier is never told again, whatever is rounded', () => {
    const changes = ['05', '04', '03', '02', '01'].map((day) => entry(`2017-01-${day}`, 1_111n))
    expect(arrive(changes, always(QUARTERLY)).told).toHaveLength(5)
  })

  test('a new plan within a period rates what is collected from its first day on', () => {
    const tiersOn = (on: string) => (on < '2017-02-01' ? QUARTERLY : [{ from: 0n, rate: 100_000n }])
    const { amount } = arrive([entry('2017-02-01', 1_000n), entry('2017-01-01', 1_000n)], tiersOn)
    expect(amount).toBe(130n)
  })

  test('a cent that rounding takes back of another part of the same receivable leaves nothing', () => {
    const changes = [entry('2017-01-01', 3_333n), entry('2017-01-02', 3_334n)]
    const back = [entry('2017-01-01', -3_334n), entry('2017-01-02', -3_333n)]
    expect(arrive([...changes, ...back], always(QUARTERLY)).amount).toBe(0n)
  })

  property.prop([inTwoOrders, someTiers])(
    'any order of arrival gives the same total and the same tiers of each payment',
    ([entries, order], tiers) => {
      const result = arrive(order, always(tiers))
      const total = entries.reduce((sum, { basis }) => sum + basis, 0n)
      expect(result.amount).toBe(commissionOn(tiers, total))
      for (const [allocationId, shares] of rate(entries, always(tiers))) {
        const rates = new Set(tiers.map((tier) => tier.rate))
        for (const each of rates) {
          const due = shares.reduce((sum, share) => (share.rate === each ? sum + share.basis : sum), 0n)
          expect(result.basisAt(allocationId, each)).toBe(due)
        }
      }
    },
  )

  property.prop([inTwoOrders, someTiers, fc.infiniteStream(fc.bigInt({ min: 0n, max: 999n }))])(
    'what is taken back in parts leaves what the rest earns, and nothing when everything is taken back',
    ([entries, order], tiers, parts) => {
      const cut = order.map((of) => ({ of, part: (parts.next().value ?? 0n) % (of.basis + 1n) }))
      const some = cut.map(({ of, part }) => ({ ...of, basis: -part }))
      const rest = cut.map(({ of, part }) => ({ ...of, basis: part - of.basis }))
      const partly = arrive([...entries, ...some], always(tiers))
      const left = rest.reduce((sum, { basis }) => sum - basis, 0n)
      expect(partly.amount).toBe(commissionOn(tiers, left))
      expect(arrive([...entries, ...some, ...rest], always(tiers)).amount).toBe(0n)
    },
  )

  const someChanges = fc.array(
    fc.record({
      on: fc.constantFrom('2017-01-02', '2017-01-03', '2017-02-28'),
      basis: fc.bigInt({ min: -999n, max: 999n }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  property.prop([someChanges, someTiers])(
    'a period earns what its whole basis earns, whatever went up and down',
    (changes, tiers) => {
      const { amount } = arrive(
        changes.map(({ on, basis }) => entry(on, basis)),
        always(tiers),
      )
      const total = changes.reduce((sum, { basis }) => sum + basis, 0n)
      expect(amount).toBe(commissionOn(tiers, total))
    },
  )

  property.prop([inTwoOrders, someTiers])('the shares of a line add up to it', ([, order], tiers) => {
    const { told, entries } = arrive(order, always(tiers))
    const exact = [...rate(entries, always(tiers)).values()].reduce((sum, shares) => sum + exactly(shares), 0n)
    const paid = told.flatMap(({ shares }) => shares).reduce((sum, { amount }) => sum + amount, 0n)
    expect(paid).toBe(rounded(exact))
  })
})
