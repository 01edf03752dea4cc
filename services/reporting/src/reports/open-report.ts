import { invalid } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Entry } from '../figures/entry.ts'
import { FIGURES, type ReportName } from '../figures/kinds.ts'
import type { Rows } from '../reading/rows.ts'
import { REPORTS } from './all.ts'
import { countingFor } from './counting.ts'
import type { Asked, Report } from './report.ts'

/** A report for one caller: it counts what that caller may read. */
export type OpenReport = Omit<Report, 'entries'> & {
  readonly name: ReportName
  readonly amounts: readonly string[]
  readonly entries: (asked: Asked) => AsyncGenerator<readonly Entry[]>
}

const isReport = (name: string): name is ReportName => Object.hasOwn(REPORTS, name)

const opened = <N extends ReportName>(name: N, rows: Rows, call: Call): OpenReport => {
  const report: Report<N> = REPORTS[name]
  const counting = countingFor(rows, call, name)
  return {
    ...report,
    name,
    amounts: Object.keys(FIGURES[name]),
    entries: (asked) => report.entries(counting, asked) as AsyncGenerator<readonly Entry[]>,
  }
}

/** `unknown_report` where there is none of the name, `permission_missing` where the caller may not read what it counts. */
export const openReport = (name: string, rows: Rows, call: Call): OpenReport => {
  if (!isReport(name)) throw invalid('unknown_report', { report: name })
  return opened(name, rows, call)
}
