import { attainment } from './attainment.ts'
import { commission } from './commission.ts'
import { pipeline } from './pipeline.ts'
import { receivables } from './receivables.ts'
import type { Report } from './report.ts'
import { sales } from './sales.ts'

export const REPORTS: ReadonlyMap<string, Report> = new Map(
  Object.entries({ sales, pipeline, receivables, attainment, commission }),
)
