import type { Report, ReportDocument, ReportRow } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { newId } from '@saleswright/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { REPORTS } from '../src/reports/all.ts'
import { openStage } from './stage.ts'
import { ANN, EAST, STORY } from './story.ts'

const stage = await openStage()
const { reports, someone } = stage
const director = await someone(['reports.read@company'])
type Caller = typeof director

beforeAll(() => stage.tellStory(STORY))

const get = (request: object, who: Caller = director): Promise<Report> =>
  reports.getReport({ report: 'sales', ...request }, who.as())

/** What a link asks for, as the edge reads it. */
const requestIn = (link: string) => {
  const { pathname, searchParams } = new URL(link, 'http://x')
  return { report: pathname.split('/')[3] ?? '', ...Object.fromEntries(searchParams) }
}
/** All pages of the documents behind a row. */
const behind = async ({ drillDown }: ReportRow, who: Caller = director): Promise<readonly ReportDocument[]> => {
  const found: ReportDocument[] = []
  let pageToken = ''
  do {
    const page = await reports.listReportDocuments({ ...requestIn(drillDown), pageSize: 2, pageToken }, who.as())
    found.push(...page.documents)
    pageToken = page.nextPageToken
  } while (pageToken !== '')
  return found
}

const minor = (amount: string): number => Math.round(Number(amount) * 100)
const sumsOf = (documents: readonly ReportDocument[], { amounts }: ReportRow) =>
  Object.fromEntries(
    Object.keys(amounts).map((name) => [
      name,
      documents.reduce((sum, one) => sum + minor(one.amounts[name]?.amount ?? '0'), 0),
    ]),
  )
const figuresOf = ({ amounts }: ReportRow) =>
  Object.fromEntries(Object.entries(amounts).map(([name, { amount }]) => [name, minor(amount)]))

const questions = [...REPORTS].flatMap(([report, { groupings }]) => [
  ...groupings.map((groupBy) => ({ report, groupBy })),
  { report, groupBy: groupings.slice(0, 4).join(',') },
])

describe('R530: the documents behind a row', () => {
  test.each(questions)('of $report by $groupBy add up to it, and those of a total to that', async (question) => {
    for (const days of [{}, { from: '2017-01-01', to: '2017-04-04' }]) {
      const { rows, totals } = await get({ ...question, ...days, asOf: '2017-04-03' })
      for (const row of [...rows, ...totals]) {
        const documents = await behind(row)
        expect(sumsOf(documents, row), row.drillDown).toEqual(figuresOf(row))
        expect(documents.length).toBeGreaterThan(0)
      }
    }
  })

  test('of an office are those of no other, the newest first', async () => {
    const { rows } = await get({ groupBy: 'office' })
    const [east, west] = [rows.find(({ keys }) => keys.office === EAST), rows.find(({ keys }) => keys.office !== EAST)]
    const [there, elsewhere] = [await behind(east!), await behind(west!)]
    const days = there.map(({ date }) => date)
    expect(days).toEqual(days.toSorted().toReversed())
    expect(there.map(({ path }) => path).filter((path) => elsewhere.some((other) => other.path === path))).toEqual([])
    expect(new Set(there.map(({ kind }) => kind))).toEqual(new Set(['order', 'shipment', 'collection']))
  })

  test('are those within the reach of who asks', async () => {
    const [row] = (await get({ groupBy: 'person' })).rows
    const own = await someone(['reports.read@self'], { id: ANN })
    const nobody = await someone(['reports.read@self'], { id: newId() })
    expect(row?.keys.person).toBe(ANN)
    expect(await behind(row!, own)).toEqual(await behind(row!))
    expect(await behind(row!, nobody)).toEqual([])
  })

  test.each([
    [{ report: 'gossip' }, 'unknown_report'],
    [{ report: 'sales', groupBy: 'stage' }, 'unknown_grouping'],
    [{ report: 'sales', groupBy: 'month,person', keys: '2017-03' }, 'keys_do_not_fit'],
    [{ report: 'sales', pageToken: 'behind' }, 'bad_page_token'],
  ])('%j is refused', async (request, code) => {
    await expect(reports.listReportDocuments(request, director.as())).rejects.toMatchObject({ kind: 'invalid', code })
  })
})
