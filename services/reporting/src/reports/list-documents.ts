import type { MessageInitShape } from '@bufbuild/protobuf'
import type {
  ListReportDocumentsRequest,
  ListReportDocumentsResponseSchema,
} from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { invalid, invalidField } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Desk } from '../desk.ts'
import type { Entry } from '../figures/entry.ts'
import type { Known } from '../figures/grouping.ts'
import { slicesOf } from '../figures/slices.ts'
import { lookupsFor } from '../reading/lookups.ts'
import { rowsFor } from '../reading/rows.ts'
import { askedOf } from './asking.ts'
import { keysIn } from './link.ts'
import { openReport } from './open-report.ts'
import type { Asked } from './report.ts'
import { amountsOf } from './report-view.ts'

/** They are put in order before they are shown: who wants more of them takes fewer days. */
const MOST_DOCUMENTS = 5_000
const PAGE = 50

type Counted = Pick<Entry, 'document' | 'date' | 'currency' | 'amounts'>

const wantedKeys = ({ keys }: ListReportDocumentsRequest, { groupings }: Asked): string | undefined => {
  if (keys === undefined) return undefined
  const wanted = keysIn(keys, groupings.length)
  if (!wanted) throw invalid('keys_do_not_fit', { keys, groupings: groupings.join(', ') })
  return JSON.stringify(wanted)
}

/** What of an entry counts in the row; a document of several products counts in part. */
const countedIn = (entry: Entry, wanted: string | undefined, asked: Asked, known: Known): readonly Counted[] => {
  if (wanted === undefined) return entry.inTotal === false ? [] : [entry]
  return slicesOf(entry, asked.groupings, known)
    .filter(({ keys }) => JSON.stringify(keys) === wanted)
    .map(({ amounts }) => ({ ...entry, amounts }))
}

const nameOf = ({ date, document: { kind, path } }: Counted): string => `${date} ${kind} ${path}`

const newestFirst = (left: Counted, right: Counted): number => {
  const [one, other] = [nameOf(left), nameOf(right)]
  return one > other ? -1 : Number(one < other)
}

/** Pages go on behind so many: a page is of the figures as they are when it is asked for. */
const placeIn = (token: string): number => {
  if (token !== '' && !/^\d{1,6}$/.test(token)) throw invalidField('pageToken', 'bad_page_token')
  return Number(token)
}

/** The documents that a row of a report is made of, and what each adds to it. */
export const listDocuments =
  (desk: Desk) =>
  async (
    request: ListReportDocumentsRequest,
    call: Call,
  ): Promise<MessageInitShape<typeof ListReportDocumentsResponseSchema>> => {
    const rows = rowsFor(desk, call.signal)
    const report = openReport(request.report, rows, call)
    const asked = await askedOf(desk, request, call, report)
    const wanted = wantedKeys(request, asked)
    const begin = placeIn(request.pageToken)
    const end = begin + (request.pageSize || PAGE)
    const lookups = lookupsFor(rows, call)
    const found: Counted[] = []
    for await (const entries of report.entries(asked)) {
      await lookups.load(asked.groupings, entries)
      for (const entry of entries) {
        if (request.currencyCode !== undefined && entry.currency !== request.currencyCode) continue
        found.push(...countedIn(entry, wanted, asked, lookups.known))
      }
      if (found.length > MOST_DOCUMENTS) throw invalidField('to', 'report_too_large', { rows: String(MOST_DOCUMENTS) })
    }
    const page = found.toSorted(newestFirst).slice(begin, end)
    return {
      documents: page.map(({ document, date, ...counted }) => ({
        ...document,
        date,
        amounts: amountsOf(counted, []),
      })),
      nextPageToken: found.length > end ? String(end) : '',
    }
  }
