import { expect, test } from 'vitest'
import { anomaliesIn, type Run, type Step } from './checker.ts'

const append = (key: string, value: number): Step => ({ key, append: value })
const read = (key: string, ...values: number[]): Step => ({ key, read: values })

let clock = 0
const ran = (id: number, outcome: Run['outcome'], ...steps: readonly Step[]): Run => {
  clock += 2
  return { id, outcome, steps, began: clock, ended: clock + 1 }
}
/** As `ran`, but beside all others. */
const beside = (id: number, ...steps: readonly Step[]): Run => ({
  id,
  outcome: 'committed',
  steps,
  began: 0,
  ended: 1e9,
})

const kindsIn = (runs: readonly Run[], final: Readonly<Record<string, readonly number[]>>): string[] => [
  ...new Set(anomaliesIn(runs, new Map(Object.entries(final))).map(({ kind }) => kind)),
]

test('a history in which one came after the other has nothing in it', () => {
  const runs = [ran(1, 'committed', append('x', 1)), ran(2, 'committed', read('x', 1), append('x', 2), read('x', 1, 2))]
  expect(kindsIn(runs, { x: [1, 2] })).toEqual([])
})

test('what was never answered may be there or not', () => {
  const runs = [ran(1, 'unknown', append('x', 1)), ran(2, 'unknown', append('x', 2)), ran(3, 'committed', read('x', 2))]
  expect(kindsIn(runs, { x: [2] })).toEqual([])
})

test('a transaction that was cut off has read its own appends, and nobody else has', () => {
  expect(anomaliesIn([ran(1, 'aborted', append('x', 1), read('x', 1))], new Map())).toEqual([])
})

test('write skew is allowed: two wrote beside each other what the other had read', () => {
  const runs = [beside(1, read('x'), append('y', 1)), beside(2, read('y'), append('x', 2))]
  expect(kindsIn(runs, { x: [2], y: [1] })).toEqual([])
})

test.each<[string, readonly Run[], Record<string, readonly number[]>]>([
  ['lost append', [ran(1, 'committed', append('x', 1))], {}],
  ['duplicate', [ran(1, 'committed', append('x', 1))], { x: [1, 1] }],
  [
    'incompatible order',
    [beside(1, append('x', 1)), beside(2, append('x', 2)), beside(3, read('x', 2))],
    { x: [1, 2] },
  ],
  ['aborted read', [ran(1, 'aborted', append('x', 1)), ran(2, 'committed', read('x', 1))], {}],
  ['aborted read', [ran(1, 'aborted', append('x', 1))], { x: [1] }],
  ['intermediate read', [beside(1, append('x', 1), append('x', 2)), beside(2, read('x', 1))], { x: [1, 2] }],
  ['stale read', [ran(1, 'committed', append('x', 1)), ran(2, 'committed', read('x'))], { x: [1] }],
  ['own write missed', [ran(1, 'committed', append('x', 1), read('x'))], { x: [1] }],
  [
    'G0',
    [beside(1, append('x', 1), append('y', 3)), beside(2, append('x', 2), append('y', 4))],
    { x: [1, 2], y: [4, 3] },
  ],
  ['G1c', [beside(1, append('x', 1), read('y', 2)), beside(2, append('y', 2), read('x', 1))], { x: [1], y: [2] }],
  // A lost update: both read the empty list, and wrote.
  ['G-single', [beside(1, read('x'), append('x', 1)), beside(2, read('x'), append('x', 2))], { x: [1, 2] }],
  // A fractured read: half of what another wrote.
  ['G-single', [beside(1, append('x', 1), append('y', 2)), beside(2, read('x', 1), read('y'))], { x: [1], y: [2] }],
])('finds: %s', (kind, runs, final) => {
  expect(kindsIn(runs, final)).toContain(kind)
})
