import type { BusinessDate } from '@saleswright/kernel'
import { BadHeader } from '../csv-rows.ts'
import { ImportFailed } from '../failure.ts'
import { plainRow } from '../plain-row.ts'
import { Rejected } from '../reject.ts'
import type { Run } from '../run.ts'
import { wordsOf } from '../words.ts'
import { dateIn } from './cells.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'

const DATES = ['engage_date', 'close_date'] as const

/** Goes through the files once before anything is made: how many rows there are, and the first day that they name; today where they name none. */
export const survey = async (run: Run, today: BusinessDate): Promise<BusinessDate> => {
  let first = today
  const wrong: { readonly file: string; readonly column: string }[] = []
  for (const file of [TEAMS, PRODUCTS, ACCOUNTS, PIPELINE]) {
    try {
      let total = 0
      for await (const row of run.rows(file)) {
        total += 1
        if (file === PIPELINE) for (const date of datesIn(run, row, today)) if (date < first) first = date
      }
      run.tally.expect(file, total)
    } catch (error) {
      if (!(error instanceof BadHeader)) throw error
      for (const fault of error.faults) {
        run.tally.find({ file, line: 1, value: '', outcome: 'rejected', ...fault })
        wrong.push({ file, column: fault.column })
      }
    }
  }
  const [at] = wrong
  if (at) {
    const code = 'import_header_invalid'
    throw new ImportFailed({ ...at, code, words: wordsOf(code, { columns: wrong.map(told).join(', ') }) })
  }
  return first
}

const told = ({ file, column }: { readonly file: string; readonly column: string }): string =>
  column === '' ? file : `${file}: ${column}`

type Raw = Parameters<typeof plainRow>[0]

/** Those that can be meant; what is wrong with the others is told with their rows. */
const datesIn = (run: Run, raw: Raw, today: BusinessDate): readonly BusinessDate[] =>
  DATES.flatMap((column) => {
    try {
      return dateIn(plainRow(raw, run.columns[PIPELINE] ?? []), column, today) ?? []
    } catch (error) {
      if (error instanceof Rejected) return []
      throw error
    }
  })
