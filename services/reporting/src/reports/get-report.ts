import type { MessageInitShape } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import type { GetReportRequest, ReportSchema } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { invalidField } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import { type Tally, tally } from '../figures/tally.ts'
import { checkEventId, waitFor } from '../progress/wait-for.ts'
import type { Progress } from '../progress/watch-logs.ts'
import { type Lookups, lookupsFor } from '../reading/lookups.ts'
import { rowsFor } from '../reading/rows.ts'
import { askedOf } from './asking.ts'
import { labelsFor } from './labels.ts'
import { type OpenReport, openReport } from './open-report.ts'
import type { Asked } from './report.ts'
import { rowView } from './report-view.ts'
import { inOrder } from './row-order.ts'

/** More are of no use to anybody who reads them, and too many for one answer. */
const MOST_ROWS = 5_000
/** A log that does not answer at once does not keep a report from being given. */
const REFRESH_MS = 1_000

const sumUp = async (report: OpenReport, asked: Asked, lookups: Lookups): Promise<Tally> => {
  const sums = tally(asked.groupings)
  for await (const entries of report.entries(asked)) {
    await lookups.load(asked.groupings, entries)
    sums.add(entries, lookups.known)
    if (sums.size() > MOST_ROWS) throw invalidField('groupBy', 'report_too_large', { rows: String(MOST_ROWS) })
  }
  return sums
}

/** Figures as the rows have them now, for the documents that the caller reaches. */
export const getReport =
  (desk: Desk, progress: Progress) =>
  async (request: GetReportRequest, call: Call): Promise<MessageInitShape<typeof ReportSchema>> => {
    const rows = rowsFor(desk, call.signal)
    const report = openReport(request.report, rows, call)
    if (request.waitFor !== undefined) checkEventId(request.waitFor, call.at)
    const asked = await askedOf(desk, request, call, report)
    if (request.waitFor === undefined) await progress.refresh(REFRESH_MS)
    else await waitFor(progress, request.waitFor, call)
    const freshAsOf = progress.freshAsOf()
    const lookups = lookupsFor(rows, call)
    const sums = await sumUp(report, asked, lookups)
    const [groups, totals] = [sums.groups(), sums.totals()]
    const keysOf = (grouping: Asked['groupings'][number]) => groups.map(({ keys }) => keys[grouping] ?? '')
    const labels = await labelsFor(lookups, asked.groupings, keysOf, call.language)
    const view = rowView(report, asked, labels)
    return {
      report: request.report,
      rows: inOrder(groups, asked.groupings, labels).map(view),
      totals: inOrder(totals, [], labels).map(view),
      ...(freshAsOf && { freshAsOf: instant(freshAsOf) }),
    }
  }
