import { ReportService } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { bind } from '@saleswright/rpc'
import type { ServiceDefinition } from '@saleswright/service'
import { deskOf, MAPPINGS } from './desk.ts'
import { progressOf } from './progress/watch-logs.ts'
import { reactionsOf } from './reactions.ts'
import { rebuilderOf } from './rebuild/rebuilder.ts'
import { reportRpc } from './reports/report-rpc.ts'
import { readReportingSettings } from './settings.ts'

/** Figures about sales, from events alone. */
export const reporting: ServiceDefinition = {
  name: 'reporting',
  settings: readReportingSettings,
  build: (platform) => {
    const desk = deskOf(platform)
    const progress = progressOf(desk)
    const rebuilder = rebuilderOf(desk, progress, readReportingSettings(platform.config).rebuildRows)
    return {
      mappings: MAPPINGS,
      reactions: reactionsOf(desk),
      bounds: [bind(ReportService, reportRpc(desk, progress, rebuilder))],
      parts: [progress.part, rebuilder.part],
    }
  },
}
