import { invalid } from './app-error.ts'
import { addDays, addMonths, type BusinessDate } from './business-date.ts'

/** A month `2017-03`, a quarter `2017-Q3` or a year `2017`. */
export type Period = string
export type PeriodKind = 'month' | 'quarter' | 'year'

const MONTHS = { month: 1, quarter: 3, year: 12 } as const satisfies Record<PeriodKind, number>

export const parsePeriod = (text: string): Period => {
  if (!/^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$/.test(text)) throw invalid('bad_period', { period: text })
  return text
}

export const kindOf = (period: Period): PeriodKind =>
  period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month'

/** The period of a kind that a day falls in. */
export const periodOf = (date: BusinessDate, kind: PeriodKind): Period => {
  const [year = '', month = ''] = date.split('-')
  if (kind === 'year') return year
  return kind === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`
}

export const firstDay = (period: Period): BusinessDate => {
  const [year = '', part = '01'] = period.split('-')
  const month = part.startsWith('Q') ? String(Number(part.slice(1)) * 3 - 2).padStart(2, '0') : part
  return `${year}-${month}-01`
}

export const lastDay = (period: Period): BusinessDate =>
  addDays(addMonths(firstDay(period), MONTHS[kindOf(period)]), -1)

export const inPeriod = (date: BusinessDate, period: Period): boolean => periodOf(date, kindOf(period)) === period

/** The months of a period, first to last. */
export const monthsOf = (period: Period): readonly Period[] =>
  Array.from({ length: MONTHS[kindOf(period)] }, (_, index) => periodOf(addMonths(firstDay(period), index), 'month'))

const LENGTHS: readonly PeriodKind[] = ['month', 'quarter', 'year']

/** Whether all days of a period lie in another one. */
export const isWithin = (inner: Period, outer: Period): boolean =>
  LENGTHS.indexOf(kindOf(inner)) <= LENGTHS.indexOf(kindOf(outer)) && inPeriod(firstDay(inner), outer)
