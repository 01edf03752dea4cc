import { describe, expect, test } from 'vitest'
import type { TargetPlanRow } from '../models/target-plan.ts'
import { goalsOf, inForce, isBelow, isPart, reaching } from './goals.ts'

const target = (nodeId: string, period: string, amount: number, nodeKind = 'person') => ({
  nodeKind,
  nodeId,
  period,
  currency: 'CNY',
  amount,
  orgPath: ['root'],
  basis: 'collected',
  kind: 'quota',
})

const aPlan = (changes: Partial<TargetPlanRow> = {}): TargetPlanRow => ({
  id: 'plan1',
  version: 1,
  companyId: 'c',
  upTo: 2,
  year: '2017',
  superseded: false,
  own: false,
  targets: [target('p1', '2017-Q1', 300), target('p1', '2017-03', 100), target('u1', '2017', 900, 'org_unit')],
  ...changes,
})

describe('plans', () => {
  test('R350: a revision takes the place of the plan before it, whichever of the two events came first', () => {
    const [before, after] = [aPlan(), aPlan({ id: 'plan2', supersedesId: 'plan1' })]
    expect(inForce([before, after]).map(({ id }) => id)).toEqual(['plan2'])
    expect(inForce([aPlan({ superseded: true })])).toEqual([])
  })

  test('of two that hold, the targets of one node and period are one goal', () => {
    const goals = goalsOf([aPlan(), aPlan({ id: 'plan2', targets: [target('p1', '2017-Q1', 50)] })], 'person', {})
    expect(goals.map(({ period, target: amount }) => [period, amount])).toEqual([
      ['2017-Q1', 350n],
      ['2017-03', 100n],
    ])
  })

  test('minimums, other bases and what people plan for themselves are no part of what is to be collected', () => {
    const others = [
      { ...target('p1', '2017-Q1', 7), kind: 'minimum' },
      { ...target('p1', '2017-Q1', 70), basis: 'ordered' },
    ]
    const own = aPlan({ id: 'own', own: true, targets: [target('p1', '2017-Q1', 700)] })
    const goals = goalsOf([aPlan(), own, aPlan({ id: 'plan2', targets: others })], 'person', {})
    expect(goals).toEqual(goalsOf([aPlan()], 'person', {}))
  })

  test('only periods that lie within the days as a whole are told', () => {
    const periods = (from: string, to: string) => goalsOf([aPlan()], 'person', { from, to }).map(({ period }) => period)
    expect(periods('2017-01-01', '2017-03-31')).toEqual(['2017-Q1', '2017-03'])
    expect(periods('2017-02-01', '2017-03-31')).toEqual(['2017-03'])
    expect(periods('2017-03-01', '2017-03-30')).toEqual([])
  })
})

test('a month is part of its quarter, and a unit of the one above it', () => {
  const [quarter, month] = goalsOf([aPlan()], 'person', {})
  if (!quarter || !month) throw new Error('two goals were expected')
  expect(isPart(month, [quarter, month])).toBe(true)
  expect(isPart(quarter, [quarter, month])).toBe(false)
  const below = { nodeId: 'u2', period: '2017-Q1', currency: 'CNY', target: 1n, orgPath: [] }
  const above = { nodeId: 'u1', period: '2017', currency: 'CNY', target: 9n, orgPath: [] }
  expect(isBelow(below, new Set(['u1', 'u2']), [above, below])).toBe(true)
  expect(isBelow(above, new Set(['u1']), [above, below])).toBe(false)
  expect(isBelow(below, new Set(['u3', 'u2']), [above, below])).toBe(false)
})

test('money counts towards each goal of its nodes whose period and currency are its own', () => {
  const goals = [
    { nodeId: 'p1', period: '2017-Q1', currency: 'CNY', target: 300n, orgPath: [] },
    { nodeId: 'p1', period: '2017-03', currency: 'CNY', target: 100n, orgPath: [] },
    { nodeId: 'u1', period: '2017', currency: 'CNY', target: 900n, orgPath: [] },
    { nodeId: 'p1', period: '2017-Q1', currency: 'USD', target: 1n, orgPath: [] },
  ]
  const { add, reached } = reaching(goals)
  add(['p1', 'root', 'u1'], { day: '2017-03-31', currency: 'CNY', net: 70 })
  add(['p1', 'root', 'u1'], { day: '2017-02-01', currency: 'CNY', net: -20 })
  add(['p2', 'root', 'u1'], { day: '2017-04-01', currency: 'CNY', net: 5 })
  expect(reached).toEqual([50n, 70n, 55n, 0n])
})
