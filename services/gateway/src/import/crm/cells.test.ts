import { expect, test } from 'vitest'
import { Rejected } from '../reject.ts'
import { countIn, dateIn, moneyIn, needed } from './cells.ts'

const TODAY = '2026-03-10'
const row = (value: string) => ({ line: 2, cells: { cell: value } })

test('amounts are exact, also where they are counted in millions', () => {
  expect(moneyIn(row('4821'), 'cell')).toMatchObject({ currencyCode: 'USD', amount: '4821.00' })
  expect(moneyIn(row('1100.04'), 'cell', 6).amount).toBe('1100040000.00')
})

test.each([
  ['a negative amount', () => moneyIn(row('-1'), 'cell')],
  ['an amount that is none', () => moneyIn(row('1e3'), 'cell')],
  ['a day that is none', () => dateIn(row('2017-02-30'), 'cell', TODAY)],
  ['a day to come', () => dateIn(row('2026-03-11'), 'cell', TODAY)],
  ['a day of another age', () => dateIn(row('0017-03-01'), 'cell', TODAY)],
  ['a count that is none', () => countIn(row('1.5'), 'cell')],
  ['an empty cell that is needed', () => needed(row(''), 'cell')],
])('%s is rejected by its column', (_what, read) => {
  expect(read).toThrow(Rejected)
  expect(read).toThrow(expect.objectContaining({ column: 'cell' }))
})

test('what is not there stays absent', () => {
  expect([dateIn(row(''), 'cell', TODAY), countIn(row(''), 'cell')]).toEqual([undefined, undefined])
})
