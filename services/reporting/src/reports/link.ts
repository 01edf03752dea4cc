import type { Asked } from './report.ts'

type Row = {
  readonly report: string
  /** In the order of the groupings; absent means the total. */
  readonly keys?: readonly string[] | undefined
  readonly currency: string
}
type Question = Pick<Asked, 'from' | 'to' | 'groupings'> & Partial<Pick<Asked, 'asOf'>>

/** The list of the documents behind a row. */
export const documentsOf = ({ report, keys, currency }: Row, { groupings, from, to, asOf }: Question): string => {
  const given = {
    groupBy: groupings.join(','),
    keys: keys?.map(encodeURIComponent).join(','),
    currencyCode: currency,
    from,
    to,
    asOf,
  }
  const parameters = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  )
  return `/v1/reports/${report}/documents?${new URLSearchParams(parameters).toString()}`
}

/** The keys of a row as its link has them; undefined where they are not those of so many groupings. */
export const keysIn = (text: string, groupings: number): readonly string[] | undefined => {
  try {
    const keys = text.split(',').map(decodeURIComponent)
    return keys.length === groupings ? keys : undefined
  } catch {
    return undefined
  }
}
