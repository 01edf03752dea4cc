import type { ReportName } from '../figures/kinds.ts'
import { attainment } from './attainment.ts'
import { commission } from './commission.ts'
import { pipeline } from './pipeline.ts'
import { receivables } from './receivables.ts'
import type { Report } from './report.ts'
import { sales } from './sales.ts'

export const REPORTS: { readonly [N in ReportName]: Report<N> } = {
  sales,
  pipeline,
  receivables,
  attainment,
  commission,
}
