import type { DatabaseSync, SQLInputValue } from 'node:sqlite'

export type Row = Readonly<Record<string, SQLInputValue>>

/** Rows of a table that lie on damaged pages: all row ids between two that could be read. */
export type Gap = { readonly after: number | undefined; readonly before: number | undefined }

const PAGE = 100
const FIRST = Number.MIN_SAFE_INTEGER

type Read = (after: number, most: number) => Row[] | undefined

/** Undefined where a page that is needed is damaged. */
const reading = (sql: DatabaseSync, table: string): Read => {
  const statement = sql.prepare(`select rowid as rowid, * from ${table} where rowid > ? order by rowid limit ?`)
  return (after, most) => {
    try {
      return statement.all(after, most) as Row[]
    } catch {
      return undefined
    }
  }
}

/** The lowest place beyond damage from which reading goes on. */
const beyond = (read: Read, last: number): number | undefined => {
  let step = 1
  while (read(last + step, 1) === undefined) {
    step *= 2
    if (last + step > Number.MAX_SAFE_INTEGER) return undefined
  }
  let [low, high] = [Math.floor(step / 2), step]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (read(last + middle, 1) === undefined) low = middle
    else high = middle
  }
  return last + high
}

/** All rows of a table that can be read; where damage is passed over, `lost` is told. */
export function* readableRows(sql: DatabaseSync, table: string, lost: (gap: Gap) => void): Generator<Row> {
  const read = reading(sql, table)
  let last = FIRST
  let gapAfter: number | undefined
  let isInGap = false
  for (;;) {
    const rows = read(last, PAGE) ?? read(last, 1)
    if (rows === undefined) {
      if (!isInGap) gapAfter = last === FIRST ? undefined : last
      isInGap = true
      // A table may begin anywhere; row ids of documents begin with 1.
      const next = beyond(read, last === FIRST ? 0 : last)
      if (next === undefined) break
      last = next
      continue
    }
    if (isInGap) lost({ after: gapAfter, before: rows[0] && Number(rows[0].rowid) })
    isInGap = false
    if (rows.length === 0) return
    for (const { rowid, ...row } of rows) {
      yield row as Row
      last = Number(rowid)
    }
  }
  lost({ after: gapAfter, before: undefined })
}

/** What can be read of a query from its front, and from its back: what lies between is lost. */
export const fromBothEnds = (sql: DatabaseSync, query: (direction: 'asc' | 'desc') => string) => {
  const rows: Row[] = []
  const collect = (direction: 'asc' | 'desc'): boolean => {
    try {
      for (const row of sql.prepare(query(direction)).iterate()) rows.push(row as Row)
      return true
    } catch {
      return false
    }
  }
  const whole = collect('asc')
  if (!whole) collect('desc')
  return { rows, whole }
}
