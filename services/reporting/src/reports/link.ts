import { firstDay, lastDay } from '@saleswright/kernel'
import type { Group } from '../figures/tally.ts'
import type { Asked } from './report.ts'

/** A list with its filter; what is empty is left out. */
export const link = (path: string, filter: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
  return given.length > 0 ? `${path}?${new URLSearchParams(given).toString()}` : path
}

/** The days of a row: those of the report, within the row's month. */
export const daysOf = (
  { month }: Group['keys'],
  { from, to }: Pick<Asked, 'from' | 'to'>,
): { readonly from: string | undefined; readonly to: string | undefined } => {
  if (!month) return { from, to }
  const [first, last] = [firstDay(month), lastDay(month)]
  return {
    from: from !== undefined && from > first ? from : first,
    to: to !== undefined && to < last ? to : last,
  }
}
