import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { change, draft, publish, supersede, type Target, type TargetPlan, TRANSITIONS } from './target-plan.ts'

const target = (id: string, period: string, amount: bigint): Target => ({
  node: { kind: 'person', id },
  period,
  kind: 'quota',
  amount,
})
const BOSS = { id: 'boss', mayMigrate: false }
const by = 'maker'
const plan: TargetPlan = {
  id: 'plan',
  version: 0,
  companyId: 'c1',
  ownerId: 'maker',
  unitId: 'root',
  orgPath: ['root'],
  makerIds: ['maker'],
  node: { kind: 'org_unit', id: 'root' },
  period: '2017',
  basis: 'collected',
  name: 'Targets 2017',
  currency: 'CNY',
  revision: 1,
  status: 'draft',
  targets: [target('li', '2017-Q1', 100n)],
}

describeTransitions(
  'target_plan',
  TRANSITIONS,
  {
    published: (record: TargetPlan) => publish(record, BOSS, []),
    superseded: (record: TargetPlan) => supersede(record, 'next'),
  },
  { first: 'draft', build: ({ status }) => ({ ...plan, status }) },
)

describe('a draft', () => {
  test('takes targets of its year alone, each once and not below zero', () => {
    const of =
      (...targets: readonly Target[]) =>
      () =>
        draft({ ...plan, targets })
    expect(of(target('li', '2018-Q1', 1n))).toThrow('period_outside_plan')
    expect(of(target('li', '2017-01', 1n), target('li', '2017-01', 2n))).toThrow('target_duplicate')
    expect(of(target('li', '2017-01', -1n))).toThrow('target_below_zero')
  })

  test.each([
    ['period_outside_plan', 'targets[1].period', target('li', '2018-Q1', 1n)],
    ['target_duplicate', 'targets[1]', target('wang', '2017-01', 2n)],
    ['target_below_zero', 'targets[1].amount', target('li', '2017-01', -1n)],
  ])('%s names the field: %s', (code, field, wrong) => {
    const of = () => draft({ ...plan, targets: [target('wang', '2017-01', 1n), wrong] })
    const named = expect.objectContaining({ field, rule: code })
    expect(of).toThrow(expect.objectContaining({ code, violations: [named] }))
  })

  test('has a name, from its beginning and after every change', () => {
    const nameless = expect.objectContaining({ violations: [expect.objectContaining({ field: 'name' })] })
    expect(() => draft({ ...plan, name: '' })).toThrow(nameless)
    expect(() => change(plan, { name: '', targets: [], by })).toThrow(nameless)
  })

  test('adds, replaces, and takes out what becomes zero', () => {
    const { next } = change(plan, { targets: [target('li', '2017-Q1', 0n), target('wang', '2017', 5n)], by })
    expect(next.targets).toEqual([target('wang', '2017', 5n)])
    expect(change(plan, { targets: [target('li', '2017-Q1', 7n)], by }).next.targets).toEqual([
      target('li', '2017-Q1', 7n),
    ])
  })

  test('tells with its first event what it began with', () => {
    expect(draft({ ...plan, supersedesId: 'old', reason: '市场回落' }).events).toEqual([
      expect.objectContaining({
        currencyCode: 'CNY',
        supersedesId: 'old',
        reason: '市场回落',
        targets: [expect.objectContaining({ nodeId: 'li', period: '2017-Q1' })],
      }),
    ])
  })

  test('tells nothing when nothing changes', () => {
    expect(change(plan, { name: plan.name, targets: [...plan.targets], by: 'other' }).events).toEqual([])
  })

  test('R350: what is published does not change', () => {
    const { next } = publish(plan, BOSS, [])
    expect(() => change(next, { targets: [], by })).toThrow('target_plan_is_published')
  })
})

test('tells with its publication where the node of each target lies', () => {
  const [event] = publish(plan, BOSS, [{ orgPath: ['root', 'shop'] }]).events
  expect(event).toMatchObject({ targets: [{ nodeId: 'li', orgPath: ['root', 'shop'] }] })
})

test('a minimum and a quota of one node and period stand beside each other', () => {
  const both = [target('li', '2017-Q1', 5n), { ...target('li', '2017-Q1', 3n), kind: 'minimum' as const }]
  expect(draft({ ...plan, targets: both }).next.targets).toEqual(both)
  const gone = change({ ...plan, targets: both }, { targets: [{ ...both[1]!, amount: 0n }], by })
  expect(gone.next.targets).toEqual([both[0]])
})

test('a count is told as a number of pieces, in no currency', () => {
  const { events } = draft({ ...plan, basis: 'order_count', currency: undefined })
  expect(events).toEqual([
    expect.objectContaining({
      basis: 'order_count',
      currencyCode: '',
      targets: [expect.objectContaining({ count: 100 })],
    }),
  ])
})

describe('a plan is published by somebody else', () => {
  const publishing =
    (facts: Partial<TargetPlan>, who = { id: 'maker', mayMigrate: false }) =>
    () =>
      publish({ ...plan, ...facts }, who, [])

  test('than who drafted it, than who set a target in it later, and than whose target it has', () => {
    expect(publishing({})).toThrow('approver_is_maker')
    const { next } = change(plan, { targets: [target('wang', '2017', 5n)], by: 'second' })
    expect(publishing(next, { id: 'second', mayMigrate: false })).toThrow('approver_is_maker')
    expect(publishing({}, { id: 'li', mayMigrate: false })).toThrow('approver_is_maker')
    expect(publishing({ node: { kind: 'person', id: 'wang' } }, { id: 'wang', mayMigrate: false })).toThrow(
      'approver_is_maker',
    )
    expect(publishing({}, BOSS)).not.toThrow()
  })

  test('a migration publishes what it brings, and nothing else of its own', () => {
    const externalRef = { system: 'crm', id: '2017' }
    expect(publishing({ externalRef }, { id: 'maker', mayMigrate: true })).not.toThrow()
    expect(publishing({}, { id: 'maker', mayMigrate: true })).toThrow('approver_is_maker')
    expect(publishing({ externalRef }, { id: 'li', mayMigrate: true })).toThrow('approver_is_maker')
    expect(publishing({ externalRef })).toThrow('approver_is_maker')
  })
})
