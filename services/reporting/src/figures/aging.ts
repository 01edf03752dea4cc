import { daysBetween } from '@saleswright/kernel'

/** In the order in which a report shows them: days past due, both counted. */
export const BUCKETS = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const
type Bucket = (typeof BUCKETS)[number]

/** On the day it is due, nothing is overdue yet. */
export const bucketOf = (dueOn: string, asOf: string): Bucket => {
  const days = daysBetween(dueOn, asOf)
  if (days <= 0) return 'notDue'
  if (days <= 30) return 'days1To30'
  if (days <= 60) return 'days31To60'
  return days <= 90 ? 'days61To90' : 'over90'
}
