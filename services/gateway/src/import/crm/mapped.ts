import type { Row } from '../csv-rows.ts'
import type { Run } from '../run.ts'
import { wordsOf } from '../words.ts'

/** What the files misspell, and what is meant. Nothing else is changed, and each change is told. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['product|GTXPro', 'GTX Pro'],
  ['sector|technolgy', 'technology'],
  ['office_location|Philipines', 'Philippines'],
])

/** The value of a column as it is meant. */
export const meant = ({ tally }: Pick<Run, 'tally'>, file: string, { line, cells }: Row, column: string): string => {
  const value = cells[column] ?? ''
  const known = MEANT.get(`${column}|${value}`)
  if (known === undefined) return value
  const code = 'import_cell_mapped'
  tally.find({ file, line, column, outcome: 'mapped', value, code, words: wordsOf(code, { meant: known }) })
  return known
}
