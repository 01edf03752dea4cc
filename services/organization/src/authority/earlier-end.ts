import { type BusinessDate, type DateSpan, invalid } from '@saleswright/kernel'

/** Ended on its first day, it never was. To end is never to go on: an end that is there is not put off. */
export const expectEarlierEnd = ({ from, until: planned }: DateSpan, until: BusinessDate): void => {
  if (until < from) throw invalid('span_is_empty', { from, until })
  if (planned === undefined || until <= planned) return
  const message = `must not lie behind the end that is there, ${planned}`
  throw invalid('invalid_request', {}, [{ field: 'until', rule: 'end_put_off', message }])
}
