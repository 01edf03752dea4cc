import { expect, test } from 'vitest'
import { schedule } from './due.ts'

const nightly = schedule('30 2 * * *', 'Asia/Shanghai')
const utc = (text: string): Date => new Date(`${text}Z`)

test('a run is for the date of its own zone', () => {
  // 02:30 on the second in Shanghai is 18:30 on the first in UTC.
  expect([...nightly.due(utc('2026-03-01T18:29:59'), utc('2026-03-01T18:30:00'))]).toEqual([
    { date: '2026-03-02', at: utc('2026-03-01T18:30:00') },
  ])
})

test('nothing is due twice, and nothing before its time', () => {
  expect([...nightly.due(utc('2026-03-01T18:30:00'), utc('2026-03-02T18:29:59'))]).toEqual([])
})

test('missed dates are caught up in order', () => {
  const runs = [...nightly.due(utc('2026-03-01T18:30:00'), utc('2026-03-04T20:00:00'))]
  expect(runs.map(({ date }) => date)).toEqual(['2026-03-03', '2026-03-04', '2026-03-05'])
})

test('of a schedule with many instants a day each missed date is made up for once', () => {
  const often = schedule('*/15 * * * *', 'UTC')
  expect([...often.due(utc('2026-03-01T23:00:00'), utc('2026-03-02T01:05:00'))]).toEqual([
    { date: '2026-03-01', at: utc('2026-03-01T23:45:00') },
    { date: '2026-03-02', at: utc('2026-03-02T01:00:00') },
  ])
})

test('F13: behind a clock that was set forward by years the first date comes at once', () => {
  const [first] = schedule('* * * * *', 'UTC').due(utc('2026-03-01T23:59:30'), utc('9999-01-01T00:00:00'))
  expect(first).toEqual({ date: '2026-03-02', at: utc('2026-03-02T23:59:00') })
})

test('what is no schedule is refused at once', () => {
  expect(() => schedule('at noon', 'UTC')).toThrow()
  expect(() => schedule('0 0 * * *', 'Asia/Atlantis').next(utc('2026-03-01T00:00:00'))).toThrow()
})
