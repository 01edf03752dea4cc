import { describe, expect, test } from 'vitest'
import { allows, classesServedBy, classesServing, endRule, grant } from './authority-rule.ts'
import { delegate, endDelegation, lends } from './delegation.ts'

const yuan = (minor: bigint, currency = 'CNY') => ({ currency, minor })

describe('R19: an authority rule', () => {
  const facts = {
    class: 'credit_limit',
    positionId: 'p1',
    upTo: yuan(100_000n),
    from: '2026-01-01',
    until: '2026-07-01',
  }
  const { next: rule } = grant('r1', 'c1', facts)

  test.each([
    ['exactly its limit', yuan(100_000n), '2026-03-01', true],
    ['a cent above', yuan(100_001n), '2026-03-01', false],
    ['its first day', yuan(1n), '2026-01-01', true],
    ['the day before', yuan(1n), '2025-12-31', false],
    ['the day after its last', yuan(1n), '2026-07-01', false],
    ['another currency', yuan(1n, 'USD'), '2026-03-01', false],
    ['a case without an amount', undefined, '2026-03-01', true],
  ])('%s', (_, amount, date, expected) => expect(allows(rule, amount, date)).toBe(expected))

  test('without a limit allows any amount', () => {
    const { next } = grant('r1', 'c1', { ...facts, upTo: undefined })
    expect(allows(next, yuan(10n ** 15n), '2026-03-01')).toBe(true)
  })

  test('is ended earlier, and never goes on behind the end that is there', () => {
    expect(endRule(rule, '2026-06-01').next.until).toBe('2026-06-01')
    expect(() => endRule(rule, '2026-07-02')).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ field: 'until' })] }),
    )
  })

  test('ended again on the same day tells nothing; an empty span is refused', () => {
    const ended = endRule(rule, '2026-04-01').next
    expect(endRule(ended, '2026-04-01').events).toEqual([])
    expect(() => grant('r1', 'c1', { ...facts, until: '2026-01-01' })).toThrow(
      expect.objectContaining({ code: 'span_is_empty' }),
    )
  })
})

describe('R18: a delegation', () => {
  const facts = {
    fromPersonId: 'a',
    toPersonId: 'b',
    classes: ['credit_limit'],
    from: '2026-03-01',
    until: '2026-03-08',
  }
  const { next: delegation } = delegate('d1', { companyId: 'c1' }, facts)

  test.each([
    ['credit_limit', '2026-03-01', true],
    ['credit_limit', '2026-03-07', true],
    ['credit_limit', '2026-03-08', false],
    ['price_under_rep_floor', '2026-03-03', false],
  ])('for %s on %s: %s', (caseClass, date, expected) => expect(lends(delegation, caseClass, date)).toBe(expected))

  test('without classes holds for all', () => {
    expect(lends({ ...delegation, classes: [] }, 'anything', '2026-03-03')).toBe(true)
  })

  test('is not prolonged by ending it', () => {
    expect(() => endDelegation(delegation, '2026-03-09')).toThrow(expect.objectContaining({ kind: 'invalid' }))
  })

  test('to oneself is refused; ended early it lends no more', () => {
    expect(() => delegate('d1', { companyId: 'c1' }, { ...facts, toPersonId: 'a' })).toThrow(
      expect.objectContaining({ code: 'delegation_to_self' }),
    )
    expect(lends(endDelegation(delegation, '2026-03-03').next, 'credit_limit', '2026-03-03')).toBe(false)
  })
})

describe('decision 45: the authority for a price', () => {
  test.each([
    ['price_above_list', ['price_above_list', 'price_under_rep_floor', 'price_under_manager_floor']],
    ['price_under_rep_floor', ['price_under_rep_floor', 'price_under_manager_floor']],
    ['price_under_manager_floor', ['price_under_manager_floor']],
    ['credit_limit', ['credit_limit']],
  ])('a case of %s is served by the rules of %j', (name, classes) => {
    expect(classesServing(name)).toEqual(classes)
    for (const one of classes) expect(classesServedBy(one)).toContain(name)
  })
})
