import { test as property } from '@fast-check/vitest'
import type { Report, ReportDocument, ReportRow } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { type Actor, companyScope, REACHES, type Reach, reaches, scopeFor } from '@saleswright/kernel'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { KINDS, kindsOf, type ReportName } from '../src/figures/kinds.ts'
import { REPORTS } from '../src/reports/all.ts'
import { COMPANY } from './facts.ts'
import { MOVED } from './moved.ts'
import { allReports, openStage } from './stage.ts'
import { ANN, BOB, EAST, MIA, SHOP, STORY, WEST } from './story.ts'
import { whereabouts } from './whereabouts.ts'

const stage = await openStage()
const { reports, someone } = stage
const director = await someone(allReports('company'))
type Caller = typeof director

const ALL = [...STORY, ...MOVED]
beforeAll(() => stage.tellStory(ALL))

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

const questions = Object.entries(REPORTS).flatMap(([report, { groupings }]) => [
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

  test.each([
    [{ report: 'gossip' }, 'unknown_report'],
    [{ report: 'sales', groupBy: 'stage' }, 'unknown_grouping'],
    [{ report: 'sales', groupBy: 'month,person', keys: '2017-03' }, 'keys_do_not_fit'],
    [{ report: 'sales', pageToken: 'behind' }, 'bad_page_token'],
  ])('%j is refused', async (request, code) => {
    await expect(reports.listReportDocuments(request, director.as())).rejects.toMatchObject({ kind: 'invalid', code })
  })
})

const NAMES = Object.keys(REPORTS) as ReportName[]
const GRANTED = [...new Set(NAMES.flatMap(kindsOf).map((kind) => KINDS[kind].permission))]
const PLACES = [
  { id: ANN, unitId: SHOP },
  { id: BOB, unitId: WEST },
  { id: MIA, unitId: EAST },
]
const aReach = fc.constantFrom<Reach>(...REACHES.filter((reach) => reach !== 'partner'))
const aCaller = fc.record({
  place: fc.constantFrom(...PLACES),
  grants: fc.record(Object.fromEntries(['reports.read', ...GRANTED].map((permission) => [permission, aReach]))),
})

describe('a report counts what lies in the reach of reports and in that of what it counts', () => {
  const where = whereabouts(ALL)

  property.prop([aCaller, fc.constantFrom(...NAMES)], { numRuns: 60 })(
    'and nothing else, whatever somebody was granted',
    async ({ place, grants }, report) => {
      const actor: Actor = { ...place, kind: 'staff', companyId: COMPANY, grants: new Map(Object.entries(grants)) }
      const scope = (permission: string) => scopeFor(actor, permission) ?? companyScope('none')
      const caller = await someone(
        Object.entries(grants).map((grant) => grant.join('@')),
        place,
      )
      const all = (await get({ report })).totals
      const expected = (await Promise.all(all.map((total) => behind(total)))).flat().filter((document) => {
        const { counts, lies } = where(document)
        const read = scope(KINDS[document.kind as 'order'].permission)
        return reaches(scope('reports.read'), counts) && reaches(read, lies)
      })
      const { totals } = await get({ report }, caller)
      const own = (await Promise.all(totals.map((total) => behind(total, caller)))).flat()
      const named = (some: readonly ReportDocument[]) => some.map(({ path, date }) => `${path} ${date}`).toSorted()
      expect(named(own)).toEqual(named(expected))
      for (const total of totals) expect(sumsOf(await behind(total, caller), total)).toEqual(figuresOf(total))
    },
  )

  test.each(NAMES.flatMap((report) => kindsOf(report).map((kind) => [report, KINDS[kind].permission] as const)))(
    '%s is refused to who may not read what %s reads',
    async (report, permission) => {
      const caller = await someone(allReports('company').filter((grant) => !grant.startsWith(permission)))
      const refused = { kind: 'forbidden', code: 'permission_missing', params: { permission } }
      await expect(get({ report }, caller)).rejects.toMatchObject(refused)
      await expect(reports.listReportDocuments({ report }, caller.as())).rejects.toMatchObject(refused)
    },
  )
})
