import { fc, test as property } from '@fast-check/vitest'
import { addDays } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { fit, newBook, type Term, termOn } from './plan-book.ts'

const plan = (planId: string, from: string, currency = 'CNY') => ({
  planId,
  from,
  currency,
  periodicity: 'quarter' as const,
  tiers: [{ from: 0n, rate: 30_000n }],
})
const { terms: NONE } = newBook('c1')
const TODAY = '2017-05-01'

const after = (...plans: readonly (readonly [id: string, from: string])[]): readonly Term[] =>
  plans.reduce<readonly Term[]>((terms, [id, from]) => fit({ terms }, plan(id, from), '2000-01-01').terms, NONE)
const inForce = (terms: readonly Term[], on: string) => termOn({ terms }, 'CNY', on)?.planId

describe('R486: one plan is in force on a day', () => {
  test('a plan ends the one before it on its first day', () => {
    const { terms, ended } = fit({ terms: after(['old', '2017-01-01']) }, plan('new', '2017-07-01'), TODAY)
    expect(ended).toMatchObject({ planId: 'old', until: '2017-07-01' })
    expect(inForce(terms, '2017-06-30')).toBe('old')
    expect(inForce(terms, '2017-07-01')).toBe('new')
  })

  test('days that have passed under a plan keep it', () => {
    const terms = after(['old', '2017-01-01'])
    expect(() => fit({ terms }, plan('new', TODAY), TODAY)).toThrow('commission_plan_overlaps')
  })

  test('two plans never begin on one day', () => {
    const terms = after(['old', '2017-07-01'])
    expect(() => fit({ terms }, plan('new', '2017-07-01'), TODAY)).toThrow('commission_plan_overlaps')
  })

  test('days without a plan get one, which ends where the next begins', () => {
    const { added } = fit({ terms: after(['late', '2017-04-01']) }, plan('early', '2017-01-01'), TODAY)
    expect(added.until).toBe('2017-04-01')
  })

  test('a plan of another currency stands beside', () => {
    const { terms, ended } = fit({ terms: after(['old', '2017-01-01']) }, plan('new', '2017-02-01', 'USD'), TODAY)
    expect(ended).toBeUndefined()
    expect(inForce(terms, '2017-03-01')).toBe('old')
  })

  const days = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 })
  property.prop([days, fc.integer({ min: 0, max: 60 })])(
    'in whatever order plans come, each day has the newest that began',
    (starts, day) => {
      const dayOf = (offset: number) => addDays('2017-01-01', offset)
      const terms = after(...starts.map((offset) => [String(offset), dayOf(offset)] as const))
      const begun = starts.filter((offset) => offset <= day)
      expect(inForce(terms, dayOf(day))).toBe(begun.length > 0 ? String(Math.max(...begun)) : undefined)
    },
  )
})
