import { optional, type Platform, readConfig, wholeNumber } from '@saleswright/service'

/** Some 50 MB. */
const REBUILD_ROWS = 50_000
const rows = wholeNumber(1, Number.MAX_SAFE_INTEGER, 'a number of rows above zero')

export const readReportingSettings = (config: Platform['config']) =>
  readConfig(
    {
      /** How many rows a rebuild holds at a time. */
      rebuildRows: optional('REPORTING_REBUILD_ROWS', rows, REBUILD_ROWS),
    },
    config,
  )
