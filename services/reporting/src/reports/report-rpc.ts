import type { ReportService } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { type Implementation, wholeCompany } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import type { Progress } from '../progress/watch-logs.ts'
import type { Rebuilder } from '../rebuild/rebuilder.ts'
import { getReport } from './get-report.ts'
import { listDocuments } from './list-documents.ts'

export const reportRpc = (
  desk: Desk,
  progress: Progress,
  rebuilder: Rebuilder,
): Implementation<typeof ReportService> => ({
  getReport: getReport(desk, progress),
  listReportDocuments: listDocuments(desk),
  async rebuildReadModels(_request, call) {
    wholeCompany(call)
    const { events, digest, previousDigest } = await rebuilder.run(call)
    return { events: BigInt(events), digest, previousDigest }
  },
})
