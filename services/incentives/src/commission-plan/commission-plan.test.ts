import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { activate, type CommissionPlan, draft, end, TRANSITIONS } from './commission-plan.ts'

const facts: CommissionPlan = {
  id: 'p1',
  version: 0,
  companyId: 'c1',
  name: 'Agents 2017',
  revision: 1,
  status: 'draft',
  basis: 'collected',
  periodicity: 'quarter',
  currency: 'USD',
  tiers: [{ from: 0n, rate: 30_000n }],
  validFrom: '2017-01-01',
  makerId: 'maker',
}
const checker = { id: 'checker', mayMigrate: false }

describeTransitions(
  'commission_plan',
  TRANSITIONS,
  {
    active: (plan: CommissionPlan) => activate(plan, checker, undefined),
    ended: (plan: CommissionPlan) => end(plan, '2017-07-01'),
  },
  { first: 'draft', build: ({ status }) => ({ ...facts, status }) },
)

describe('tiers leave no gap', () => {
  test.each([
    ['none begins at zero', [100n]],
    ['two begin at the same amount', [0n, 100n, 100n]],
    ['one begins below the one before', [0n, 200n, 100n]],
  ])('refused when %s', (_, beginnings) => {
    const tiers = beginnings.map((from) => ({ from, rate: 30_000n }))
    expect(() => draft({ ...facts, tiers })).toThrow('tiers_have_gap')
  })

  test('what is wrong with a tier names its field', () => {
    const naming = (field: string) => expect.objectContaining({ violations: [expect.objectContaining({ field })] })
    const gap = [0n, 100n, 100n].map((from) => ({ from, rate: 30_000n }))
    expect(() => draft({ ...facts, tiers: gap })).toThrow(naming('tiers[2].from'))
    const beyond = [30_000n, 1_000_001n].map((rate, from) => ({ from: BigInt(from), rate }))
    expect(() => draft({ ...facts, tiers: beyond })).toThrow(naming('tiers[1].rate'))
  })

  test('more than everything is never paid', () => {
    expect(() => draft({ ...facts, tiers: [{ from: 0n, rate: 1_000_001n }] })).toThrow('rate_above_one')
  })
})

test('a plan has a name', () => {
  const nameless = expect.objectContaining({ violations: [expect.objectContaining({ field: 'name' })] })
  expect(() => draft({ ...facts, name: '' })).toThrow(nameless)
})

test('R486: the trail of a plan begins with its tiers', () => {
  const { events } = draft({ ...facts, tiers: [...facts.tiers, { from: 7_500_000n, rate: 50_000n }] })
  const tiers = [
    expect.objectContaining({ rate: '0.03' }),
    expect.objectContaining({ rate: '0.05', from: expect.objectContaining({ amount: '75000.00' }) }),
  ]
  expect(events).toEqual([expect.objectContaining({ revision: 1, currencyCode: 'USD', periodicity: 'quarter', tiers })])
})

describe('R487: the maker of a plan is not the one who sets it in force', () => {
  test('the maker is refused', () => {
    expect(() => activate(facts, { id: 'maker', mayMigrate: false }, undefined)).toThrow('approver_is_maker')
  })

  test('a migration may', () => {
    expect(activate(facts, { id: 'maker', mayMigrate: true }, undefined).next.status).toBe('active')
  })
})
