import type { Run } from '../run.ts'
import { ACCOUNTS, PIPELINE, PRODUCTS, TEAMS } from './files.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/

/** Goes through the files once before anything is made: how many rows there are, and the first day that they name. */
export const survey = async (run: Run): Promise<{ readonly firstDay: string }> => {
  let firstDay = ''
  for (const file of [TEAMS, PRODUCTS, ACCOUNTS, PIPELINE]) {
    let total = 0
    for await (const { cells } of run.rows(file)) {
      total += 1
      for (const date of [cells.engage_date, cells.close_date]) {
        if (date && DATE.test(date) && (firstDay === '' || date < firstDay)) firstDay = date
      }
    }
    run.tally.expect(file, total)
  }
  return { firstDay }
}
