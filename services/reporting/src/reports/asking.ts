import type { GetReportRequest } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { businessDateOf, companyScope, parseBusinessDate } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import { companies } from '../models/company.ts'
import { groupingsAsked } from './groupings-asked.ts'
import type { Asked, Report } from './report.ts'

const dayOf = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : parseBusinessDate(text)

type Request = Pick<GetReportRequest, 'from' | 'to' | 'asOf' | 'groupBy'>

/** What a request asks of a report. */
export const askedOf = async (
  desk: Desk,
  request: Request,
  call: Call,
  report: Pick<Report, 'groupings' | 'otherwise'>,
): Promise<Asked> => {
  const { companyId } = call.actor
  const company = await desk.tableOf(companies).rows.find(companyScope(companyId), companyId)
  const { currency = '', timeZone = 'UTC' } = (company ?? {}) as { currency?: string; timeZone?: string }
  return {
    companyId,
    currency,
    from: dayOf(request.from),
    to: dayOf(request.to),
    asOf: dayOf(request.asOf) ?? businessDateOf(desk.clock.now(), timeZone),
    groupings: groupingsAsked(report, request.groupBy),
  }
}
