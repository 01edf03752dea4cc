import { invalid } from './app-error.ts'

/** A calendar day of a company, `YYYY-MM-DD`; compares as text. Prices, targets, commission and report months go by it. */
export type BusinessDate = string

const DAY = 86_400_000

const utc = (date: BusinessDate): Date => new Date(`${date}T00:00:00Z`)
const dayOf = (instant: Date): BusinessDate => instant.toISOString().slice(0, 10)

/** Refuses what is no day: 2017-02-30, 17-1-1. */
export const parseBusinessDate = (text: string): BusinessDate => {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? utc(text) : undefined
  if (!instant || Number.isNaN(instant.getTime()) || dayOf(instant) !== text) throw invalid('bad_date', { date: text })
  return text
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The day that an instant falls on in a time zone ("Asia/Shanghai"). */
export const businessDateOf = (instant: Date, timeZone: string): BusinessDate => {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  formats.set(timeZone, format)
  return format.format(instant)
}

export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  dayOf(new Date(utc(date).getTime() + days * DAY))

/** Whole days from `from` to `to`; below zero when `to` lies before. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number =>
  Math.round((utc(to).getTime() - utc(from).getTime()) / DAY)

/** Same day of a later month, or that month's last day: 31 January and one month is 28 February. */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayOf(new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))))
}

/** A half-open span of days: `from` is in it, `until` is not; absent means without end. */
export type DateSpan = { readonly from: BusinessDate; readonly until?: BusinessDate }

export const covers = ({ from, until }: DateSpan, date: BusinessDate): boolean =>
  from <= date && (until === undefined || date < until)

/** How long after its day a document may still be entered without the permission `migration` (decisions 13). */
const GRACE_DAYS = 3

/** The business date of a document: today, or the day that was given, unless it lies too far back or ahead. */
export const acceptBusinessDate = (
  given: string | undefined,
  today: BusinessDate,
  mayMigrate: boolean,
): BusinessDate => {
  if (given === undefined) return today
  const date = parseBusinessDate(given)
  if (!mayMigrate && date < addDays(today, -GRACE_DAYS)) throw invalid('business_date_too_early', { date, today })
  if (date > today) throw invalid('business_date_in_future', { date, today })
  return date
}
