import { fc, test as property } from '@fast-check/vitest'
import { monthsOf } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { expectSums, type PlacedTarget, targetsIn } from './target-rows.ts'

const PATHS: Record<string, readonly string[]> = {
  root: ['root'],
  north: ['root', 'north'],
  shop: ['root', 'north', 'shop'],
  south: ['root', 'south'],
}
const unit = (id: string, period: string, amount: bigint): PlacedTarget => ({
  node: { kind: 'org_unit', id },
  name: id,
  period,
  kind: 'quota',
  amount,
  orgPath: PATHS[id] ?? [],
})
const person = (id: string, at: string, period: string, amount: bigint): PlacedTarget => ({
  node: { kind: 'person', id },
  name: id,
  period,
  kind: 'quota',
  amount,
  orgPath: PATHS[at] ?? [],
})
const atLeast = (target: PlacedTarget): PlacedTarget => ({ ...target, kind: 'minimum' })
const adding =
  (...rows: readonly PlacedTarget[]) =>
  () =>
    expectSums(rows, 'CNY', () => true)

describe('R314: parts add up to their whole', () => {
  test('people alone have nothing to add up to', () => {
    expect(adding(person('li', 'shop', '2017-Q1', 5n), person('wang', 'north', '2017-Q2', 7n))).not.toThrow()
  })

  test('the units below a unit, and the people in it', () => {
    const north = unit('north', '2017-Q1', 12n)
    expect(adding(north, unit('shop', '2017-Q1', 5n), person('li', 'north', '2017-Q1', 7n))).not.toThrow()
    expect(adding(north, unit('shop', '2017-Q1', 500n), person('li', 'north', '2017-Q1', 7n))).toThrow(
      expect.objectContaining({
        code: 'targets_do_not_add_up',
        params: { node: 'north', name: 'north', period: '2017-Q1', amount: '0.12 CNY', parts: '5.07 CNY' },
      }),
    )
  })

  test('R313: where a unit between has no target, people add up to the next above, the company at last', () => {
    expect(adding(unit('root', '2017', 5n), person('li', 'shop', '2017', 5n))).not.toThrow()
    expect(adding(unit('root', '2017', 5n), person('li', 'shop', '2017', 6n))).toThrow('targets_do_not_add_up')
  })

  test('of a whole that their maker may not read nothing is told but the period', () => {
    const rows = [unit('root', '2017', 12n), unit('north', '2017', 5n)]
    const refused = (mayTell: (whole: PlacedTarget) => boolean) => () => expectSums(rows, 'CNY', mayTell)
    const code = 'targets_do_not_add_up'
    expect(refused(({ node }) => node.id !== 'root')).toThrow(
      expect.objectContaining({ code, params: { period: '2017' } }),
    )
    expect(refused(({ node }) => node.id === 'root')).toThrow(
      expect.objectContaining({ code, params: expect.objectContaining({ amount: '0.12 CNY' }) }),
    )
  })

  test('R307: months add up to their quarter, quarters to the year', () => {
    const months = monthsOf('2017-Q1').map((month) => unit('shop', month, 10n))
    expect(adding(...months, unit('shop', '2017-Q1', 30n), unit('shop', '2017', 30n))).not.toThrow()
    expect(adding(...months, unit('shop', '2017-Q1', 31n))).toThrow('targets_do_not_add_up')
    expect(adding(unit('shop', '2017-Q1', 30n), unit('shop', '2017', 40n))).toThrow('targets_do_not_add_up')
  })
})

describe('R322, R323, R324: a minimum is a lower bound beside quotas', () => {
  const five = ['li', 'wang', 'chen', 'zhao', 'sun']

  test('a department of at least 300, with each of five at least 50, and offices beside them', () => {
    const minimums = [
      unit('root', '2017-05', 300n),
      unit('north', '2017-05', 120n),
      unit('south', '2017-05', 120n),
      ...five.map((id) => person(id, 'shop', '2017-05', 50n)),
    ].map(atLeast)
    expect(adding(...minimums)).not.toThrow()
    const quotas = five.map((id) => person(id, 'shop', '2017-05', 60n))
    expect(adding(...minimums, unit('root', '2017-05', 300n), ...quotas)).not.toThrow()
    expect(adding(...minimums, unit('root', '2017-05', 301n), ...quotas)).toThrow('targets_do_not_add_up')
  })

  test('is no part of what its unit is to reach', () => {
    const rows = [atLeast(person('li', 'shop', '2017-05', 50n)), person('wang', 'shop', '2017-05', 7n)]
    expect(Object.fromEntries(targetsIn(rows, '2017-05'))).toEqual({
      'person|wang': 7n,
      'org_unit|shop': 7n,
      'org_unit|north': 7n,
      'org_unit|root': 7n,
    })
  })

  test('counts add up like money, and are named without a currency', () => {
    const counts = [unit('north', '2017', 12n), person('li', 'shop', '2017', 11n)]
    expect(() => expectSums(counts, undefined, () => true)).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ amount: '12', parts: '11' }) }),
    )
  })
})

describe('what a node is to reach', () => {
  test('its own target, and of a whole without one what the parts are to reach', () => {
    const rows = [
      person('li', 'shop', '2017-Q1', 5n),
      person('li', 'shop', '2017-Q2', 6n),
      person('wang', 'north', '2017-Q1', 7n),
      unit('south', '2017', 50n),
    ]
    expect(Object.fromEntries(targetsIn(rows, '2017'))).toEqual({
      'person|li': 11n,
      'person|wang': 7n,
      'org_unit|shop': 11n,
      'org_unit|north': 18n,
      'org_unit|south': 50n,
      'org_unit|root': 68n,
    })
    expect(targetsIn(rows, '2017-Q2').get('org_unit|root')).toBe(6n)
    expect(targetsIn(rows, '2017-03').size).toBe(0)
  })

  const split = (total: bigint, into: number): readonly bigint[] =>
    Array.from({ length: into }, (_, index) => (index === 0 ? total - BigInt(into - 1) : 1n))

  property.prop([fc.bigInt({ min: 100n, max: 10_000n }), fc.subarray([0, 1, 2, 3, 4])])(
    'counts a target and its parts once, whichever of them are there',
    (total, kept) => {
      const quarters = split(total, 4).map((amount, index) => unit('north', `2017-Q${index + 1}`, amount))
      const people = quarters.flatMap(({ period, amount }) =>
        split(amount, 2).map((part, index) => person(`p${index}`, 'shop', period, part)),
      )
      const levels = [[unit('root', '2017', total)], [unit('north', '2017', total)], quarters, people]
      const rows = levels.filter((_, index) => kept.includes(index) || index === 3).flat()
      expect(() => expectSums(rows, 'CNY', () => true)).not.toThrow()
      expect(targetsIn(rows, '2017').get('org_unit|root')).toBe(total)
      expect(targetsIn(rows, '2017').get('org_unit|north')).toBe(total)
    },
  )
})
