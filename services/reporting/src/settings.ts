import type { Platform } from '@saleswright/service'

/** Some 50 MB. */
const REBUILD_ROWS = 50_000

/** How many rows a rebuild holds at a time: REPORTING_REBUILD_ROWS. */
export const rebuildRows = ({ REPORTING_REBUILD_ROWS: given }: Platform['config']): number => {
  if (!given) return REBUILD_ROWS
  const rows = Number(given)
  if (!Number.isSafeInteger(rows) || rows < 1) {
    throw new Error(`REPORTING_REBUILD_ROWS is "${given}", which must be a number of rows above zero.`)
  }
  return rows
}
