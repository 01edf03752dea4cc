import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  acceptBusinessDate,
  addDays,
  addMonths,
  type BusinessDate,
  businessDateOf,
  covers,
  daysBetween,
  firstDay,
  inPeriod,
  kindOf,
  lastDay,
  monthsOf,
  parseBusinessDate,
  parsePeriod,
  periodOf,
} from './index.ts'

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((instant): BusinessDate => instant.toISOString().slice(0, 10))
const span = fc.integer({ min: -20_000, max: 20_000 })
const kind = fc.constantFrom('month' as const, 'quarter' as const, 'year' as const)
const refused = (code: string) => expect.objectContaining({ kind: 'invalid', code })

test.prop([day, span])('days added can be counted and taken back, and later days sort behind', (date, days) => {
  const other = addDays(date, days)
  expect(daysBetween(date, other)).toBe(days)
  expect(addDays(other, -days)).toBe(date)
  expect(other > date).toBe(days > 0)
  expect(parseBusinessDate(other)).toBe(other)
})

test.prop([day, fc.integer({ min: -240, max: 240 })])(
  'a month later is the same day, or the last of a shorter month',
  (date, months) => {
    const later = addMonths(date, months)
    const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
    expect(count(later) - count(date)).toBe(months)
    if (later.slice(8) !== date.slice(8)) {
      expect(later.slice(8) < date.slice(8)).toBe(true)
      expect(addDays(later, 1).slice(8)).toBe('01')
    }
  },
)

test('a month after the last of January is the last of February', () => {
  expect(addMonths('2017-01-31', 1)).toBe('2017-02-28')
  expect(addMonths('2016-01-31', 1)).toBe('2016-02-29')
})

test.each(['2017-02-30', '17-1-1', '2017-13-01', '', '2017-01-01T00:00:00Z'])('%j is no day', (text) => {
  expect(() => parseBusinessDate(text)).toThrow(refused('bad_date'))
})

test.prop([day, day, day])('a span holds its first day and not its end', (from, until, date) => {
  expect(covers({ from, until }, date)).toBe(date >= from && date < until)
  expect(covers({ from }, date)).toBe(date >= from)
})

test('the business date is the day of the company, not of the server', () => {
  const evening = new Date('2017-02-28T16:30:00Z')
  expect(businessDateOf(evening, 'Asia/Shanghai')).toBe('2017-03-01')
  expect(businessDateOf(evening, 'America/New_York')).toBe('2017-02-28')
})

test('a document may be three days late, further back only by migration, and never lies ahead', () => {
  expect(acceptBusinessDate(undefined, '2017-03-10', false)).toBe('2017-03-10')
  expect(acceptBusinessDate('2017-03-07', '2017-03-10', false)).toBe('2017-03-07')
  expect(() => acceptBusinessDate('2017-03-06', '2017-03-10', false)).toThrow(refused('business_date_too_early'))
  expect(acceptBusinessDate('2016-10-20', '2017-03-10', true)).toBe('2016-10-20')
  expect(() => acceptBusinessDate('2017-03-11', '2017-03-10', true)).toThrow(refused('business_date_in_future'))
})

test.prop([day, kind])(
  'a day lies in its period, between first and last, and the days around are outside',
  (date, size) => {
    const period = periodOf(date, size)
    expect(parsePeriod(period)).toBe(period)
    expect(kindOf(period)).toBe(size)
    expect(firstDay(period) <= date && date <= lastDay(period)).toBe(true)
    expect([firstDay(period), date, lastDay(period)].every((each) => inPeriod(each, period))).toBe(true)
    expect(inPeriod(addDays(firstDay(period), -1), period)).toBe(false)
    expect(inPeriod(addDays(lastDay(period), 1), period)).toBe(false)
  },
)

test.prop([day, kind])('the months of a period follow each other without a gap', (date, size) => {
  const period = periodOf(date, size)
  const months = monthsOf(period)
  expect(months).toHaveLength({ month: 1, quarter: 3, year: 12 }[size])
  expect(months.map(firstDay)).toEqual(months.map((_, index) => addMonths(firstDay(period), index)))
  expect(lastDay(months.at(-1) ?? '')).toBe(lastDay(period))
})

test.each(['2017-Q5', '2017-00', '2017-13', '17', '2017-1', '2017-Q1-01'])('%j is no period', (text) => {
  expect(() => parsePeriod(text)).toThrow(refused('bad_period'))
})
