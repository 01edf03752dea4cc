import { test as property } from '@fast-check/vitest'
import { addDays } from '@saleswright/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aReceivable, collected, type Facts, opened, rowAfter } from '../../test/facts.ts'
import { NEVER, openOn, type ReceivableRow } from './receivable.ts'

const BILLED = '2017-03-01'
const payments = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: 60 }), minor: fc.integer({ min: -50, max: 100 }) }),
  { maxLength: 8 },
)

/** The receivable after payments, each told with the sum so far, as its owner tells it. */
const after = (amount: number, given: readonly { day: number; minor: number }[]): ReceivableRow => {
  const id = aReceivable()
  let sum = 0
  const events: Facts = [
    opened(id, amount, BILLED),
    ...given.map(({ day, minor }) => {
      sum += minor
      return collected(id, sum, addDays(BILLED, day))
    }),
  ]
  return rowAfter(events) as ReceivableRow
}

property.prop([payments, fc.integer({ min: -5, max: 70 })])(
  'R530: what was open on a day is the amount less what was collected by then, in whatever order it was told',
  (given, day) => {
    const row = after(500, given)
    const by = given.filter((payment) => payment.day <= day).reduce((sum, { minor }) => sum + minor, 0)
    expect(openOn(row, addDays(BILLED, day))).toBe(day < 0 ? 0 : 500 - by)
  },
)

test('it is settled on the day of the last money, and not any more when some of it goes back', () => {
  const paid = after(100, [
    { day: 9, minor: 60 },
    { day: 4, minor: 40 },
  ])
  expect(paid.settledOn).toBe('2017-03-10')
  expect([openOn(paid, '2017-03-05'), openOn(paid, '2017-03-10')]).toEqual([60, 0])
  const back = after(100, [
    { day: 4, minor: 100 },
    { day: 20, minor: -30 },
  ])
  expect(back.settledOn).toBe(NEVER)
  expect([openOn(back, '2017-03-06'), openOn(back, '2017-03-21')]).toEqual([0, 30])
})
