import { expect, test } from 'vitest'
import { attainmentRows, type HeldTarget } from './rows.ts'

const held = (changes: Partial<HeldTarget>): HeldTarget => ({
  node: { kind: 'person', id: 'li' },
  name: 'li',
  period: '2017-05',
  kind: 'quota',
  amount: 100n,
  orgPath: ['root', 'shop'],
  own: false,
  ...changes,
})
const sums = [{ ownerId: 'li', orgPath: ['root', 'shop'], amount: 80n }]
const rowsOf = (kind: 'person' | 'org_unit', period: string, ...targets: readonly HeldTarget[]) =>
  attainmentRows(kind, period, sums, targets).map((row) => [row.node.id, row.kind, row.own, row.target, row.gap])

test('R322, R323: a quota and a minimum of one node are each held against all that it has reached', () => {
  const both = [held({}), held({ kind: 'minimum', amount: 50n })]
  expect(rowsOf('person', '2017-05', ...both)).toEqual([
    ['li', 'quota', false, 100n, 20n],
    ['li', 'minimum', false, 50n, 0n],
  ])
})

test('R323, R324: a minimum is that of its own period and node, and rolls up to no other', () => {
  const least = held({ kind: 'minimum', amount: 50n })
  const none = ['li', undefined, false, undefined, undefined]
  expect(rowsOf('person', '2017-Q2', least)).toEqual([none])
  expect(rowsOf('person', '2017', least)).toEqual([none])
  expect(rowsOf('org_unit', '2017-05', least)).toEqual([
    ['root', undefined, false, undefined, undefined],
    ['shop', undefined, false, undefined, undefined],
  ])
})

test('R345: what somebody plans for themselves rolls up along the calendar, and to no unit', () => {
  const own = [held({ own: true, amount: 30n }), held({ own: true, amount: 40n, period: '2017-06' })]
  expect(rowsOf('person', '2017-Q2', ...own)).toEqual([['li', 'quota', true, 70n, 0n]])
  expect(rowsOf('org_unit', '2017-Q2', ...own).map(([id, kind]) => [id, kind])).toEqual([
    ['root', undefined],
    ['shop', undefined],
  ])
})
