import { serverError } from '../errors.ts'

/** What a stage may keep of what goes by, as MongoDB allows it. */
export const STAGE_BYTES = 100 * 1024 * 1024
/** What a stage may keep that works on all of it at once, while everybody waits. */
export const WHOLE_BYTES = 16 * 1024 * 1024

/** Counts what is kept, and refuses what is too much. */
export const createBudget = (what: string, most: number): ((bytes: number) => void) => {
  let kept = 0
  return (bytes) => {
    kept += bytes
    if (kept > most) throw serverError(292, `${what} would hold more than ${most / 1024 / 1024} MiB in memory`)
  }
}
