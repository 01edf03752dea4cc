import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { choice, wholeNumber } from './definition.ts'
import { changePolicy, type Policy, unsetPolicy, versionOn } from './policy.ts'

const ABOVE_LIST = choice('price_above_list', ['refuse', 'approve', 'allow'], 'approve')
const MONTHS = wholeNumber('months_of_cover', { minimum: 0, maximum: 36 }, 2)
const TODAY = '2026-03-10'

const unset = unsetPolicy({ companyId: newId(), context: 'orders', name: ABOVE_LIST.name })
const change = (policy: Policy, value: string, validFrom: string, mayBackdate = false) =>
  changePolicy(policy, {
    value,
    validFrom,
    reason: 'because',
    setBy: 'p',
    setAt: new Date(0),
    today: TODAY,
    mayBackdate,
  })

describe('a value', () => {
  test('of a choice is one of its words', () => {
    expect(ABOVE_LIST.read('allow')).toBe('allow')
    for (const text of ['', 'Allow', 'toString', 'allow ']) {
      expect(() => ABOVE_LIST.read(text)).toThrow('policy_value_invalid')
    }
  })

  test('of a number is whole and within its bounds', () => {
    expect([MONTHS.read('0'), MONTHS.read('36')]).toEqual([0, 36])
    for (const text of ['', ' 1', '1.5', '-1', '37', '1e1', '0x10', '9'.repeat(30)]) {
      expect(() => MONTHS.read(text)).toThrow('policy_value_invalid')
    }
  })
})

describe('versions', () => {
  test('a company that set nothing has none', () => {
    expect(versionOn(unset, TODAY)).toBeUndefined()
  })

  test('each counts from its day until the next begins, whatever was set first', () => {
    const later = change(unset, 'refuse', '2026-05-01').next
    const both = change(later, 'allow', TODAY).next
    const on = (date: string) => versionOn(both, date)?.value
    expect([on('2026-03-09'), on(TODAY), on('2026-04-30'), on('2026-05-01')]).toEqual([
      undefined,
      'allow',
      'allow',
      'refuse',
    ])
  })

  test('of two that begin on one day the later one counts, and both stay on record', () => {
    const first = change(unset, 'allow', TODAY).next
    const { next, events } = change(first, 'refuse', TODAY)
    expect(versionOn(next, TODAY)?.value).toBe('refuse')
    expect(next.versions.map(({ value }) => value)).toEqual(['allow', 'refuse'])
    expect(events).toMatchObject([
      { policyId: 'orders.price_above_list', value: 'refuse', validFrom: TODAY, reason: 'because', version: 2 },
    ])
  })

  test('the same value for the same day changes nothing', () => {
    const { next } = change(unset, 'allow', TODAY)
    expect(change(next, 'allow', TODAY)).toEqual({ next, events: [] })
  })

  test('a day that is over is refused unless a migration sets it', () => {
    expect(() => change(unset, 'allow', '2026-03-09')).toThrow('policy_backdated')
    expect(change(unset, 'allow', '2017-01-01', true).next.versions).toMatchObject([{ validFrom: '2017-01-01' }])
  })
})
