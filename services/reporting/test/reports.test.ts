import type { Report } from '@saleswright/contracts/saleswright/reporting/v1/report_pb.ts'
import { newId } from '@saleswright/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { allReports, openStage } from './stage.ts'
import { ACME, ANN, BOB, EAST, ISDOM, MAX, MIA, ROOT, SHOP, STORY, WEST } from './story.ts'

const stage = await openStage()
const { reports, someone } = stage
const director = await someone([...allReports('company'), 'reports.rebuild@company'])

beforeAll(() => stage.tellStory(STORY))

const get = (request: object, who = director) => reports.getReport({ report: 'sales', ...request } as never, who.as())

/** Amounts as they are read, by what the row counts under. */
const table = ({ rows }: Pick<Report, 'rows'>, ...names: readonly string[]) =>
  rows.map(({ keys, amounts }) => [...Object.values(keys), ...names.map((name) => amounts[name]?.amount)])

const totalsOf = ({ totals }: Report) =>
  totals.map(({ amounts }) => Object.fromEntries(Object.entries(amounts).map(([name, { amount }]) => [name, amount])))

describe('sales', () => {
  test('R536: ordered, shipped and collected by month, each by its own days; what is cancelled is not ordered', async () => {
    const report = await get({})
    expect(table(report, 'ordered', 'shipped', 'collected')).toEqual([
      ['2017-03', '100.00', '60.00', '33.33'],
      ['2017-04', '200.00', '240.00', '266.67'],
      ['2017-04', '10.00', '0.00', '0.00'],
      ['2017-05', '0.00', '0.00', '-50.00'],
    ])
    expect(totalsOf(report)).toEqual([
      { ordered: '300.00', shipped: '300.00', collected: '250.00' },
      { ordered: '10.00', shipped: '0.00', collected: '0.00' },
    ])
    expect(report.totals[0]).toMatchObject({
      counts: { orders: 2n, shipments: 3n, allocations: 3n, reversals: 1n },
      rates: { collected: '0.8333' },
      drillDown: '/v1/reports/sales/documents?groupBy=month&currencyCode=CNY',
    })
  })

  test('R539: by product, payments by the lines of their order, adding up to the cent', async () => {
    const report = await get({ groupBy: 'product', to: '2017-03-31' })
    expect(table(report, 'ordered', 'shipped', 'collected')).toEqual([
      ['GTX', '60.00', '60.00', '20.00'],
      ['MG', '40.00', '0.00', '13.33'],
    ])
    expect(report.rows.map(({ labels }) => labels.product)).toEqual(['GTX Basic', 'MG Special'])
    expect(totalsOf(report)).toEqual([{ ordered: '100.00', shipped: '60.00', collected: '33.33' }])
  })

  test('by office, manager of the day, customer and region', async () => {
    const yuan = { to: '2017-04-04' }
    expect(table(await get({ ...yuan, groupBy: 'office' }), 'ordered')).toEqual([
      [EAST, '100.00'],
      [WEST, '200.00'],
    ])
    expect(table(await get({ ...yuan, groupBy: 'manager' }), 'ordered', 'shipped')).toEqual([
      [MAX, '200.00', '240.00'],
      [MIA, '100.00', '60.00'],
    ])
    expect(table(await get({ ...yuan, groupBy: 'region,customer' }), 'ordered')).toEqual([
      ['North', ACME, '100.00'],
      ['South', ISDOM, '200.00'],
    ])
    const { rows } = await get({ ...yuan, groupBy: 'person,month' })
    expect(rows[0]).toMatchObject({
      keys: { person: ANN, month: '2017-03' },
      labels: { person: 'Ann', month: '2017-03' },
      drillDown: `/v1/reports/sales/documents?groupBy=person%2Cmonth&keys=${ANN}%2C2017-03&currencyCode=CNY&to=2017-04-04`,
    })
  })

  test('a day counts from its first to its last', async () => {
    expect(totalsOf(await get({ from: '2017-03-10', to: '2017-03-10' }))).toMatchObject([{ ordered: '100.00' }])
    expect(totalsOf(await get({ from: '2017-03-11', to: '2017-03-11' }))).toEqual([])
  })
})

describe('pipeline', () => {
  test('R537: leads and opportunities count together by stage, and apart beside it', async () => {
    const report = await get({ report: 'pipeline' })
    expect(table(report, 'value')).toEqual([
      ['discovery', '0.00'],
      ['requirement_confirmed', '37.00'],
      ['won', '100.00'],
      ['lost', '0.00'],
    ])
    expect(report.rows.map(({ counts }) => [counts.count, counts.opportunities, counts.leads])).toEqual([
      [1n, 0n, 1n],
      [3n, 1n, 2n],
      [1n, 1n, 0n],
      [1n, 1n, 0n],
    ])
    expect(report.rows[1]).toMatchObject({
      labels: { stage: '需求已确认' },
      counts: { leadsContacted: 2n },
      drillDown: '/v1/reports/pipeline/documents?groupBy=stage&keys=requirement_confirmed&currencyCode=CNY',
    })
    expect(report.totals).toMatchObject([{ counts: { count: 6n, won: 1n, lost: 1n }, rates: { won: '0.5000' } }])
  })

  test('a closed deal counts on the day of its end', async () => {
    const report = await get({ report: 'pipeline', groupBy: 'stage,month', from: '2017-03-01' })
    expect(table(report, 'won')).toEqual([['won', '2017-03', '100.00']])
  })
})

describe('receivables', () => {
  const aged = async (asOf: string) => table(await get({ report: 'receivables', asOf }), 'open', 'overdue')

  test('R530: what was open on a day, by how long it was overdue', async () => {
    expect(await aged('2017-03-09')).toEqual([])
    expect(await aged('2017-03-14')).toEqual([['notDue', '113.00', '0.00']])
    expect(await aged('2017-04-03')).toEqual([
      ['notDue', '75.34', '0.00'],
      ['days1To30', '226.00', '226.00'],
    ])
    expect(await aged('2017-04-10')).toEqual([])
    expect(await aged('2017-05-02')).toEqual([['days1To30', '56.50', '56.50']])
    expect(await aged('2017-07-02')).toEqual([['over90', '56.50', '56.50']])
  })

  test('as of today where no day is named', async () => {
    const report = await get({ report: 'receivables', groupBy: 'bucket,person' })
    expect(table(report, 'open')).toEqual([['over90', BOB, '56.50']])
    expect(report.rows[0]).toMatchObject({ labels: { bucket: '逾期 90 天以上' }, rates: { overdue: '1.0000' } })
  })
})

describe('attainment', () => {
  test('targets against what was collected, by person and period; a month within a quarter adds nothing', async () => {
    const report = await get({ report: 'attainment' })
    expect(table(report, 'target', 'reached')).toEqual([
      [ANN, '2017-03', '40.00', '33.33'],
      [ANN, '2017-Q1', '100.00', '33.33'],
      [ANN, '2017-Q2', '50.00', '66.67'],
      [BOB, '2017-Q2', '300.00', '150.00'],
    ])
    expect(report.rows.map(({ rates }) => rates.reached)).toEqual(['0.8332', '0.3333', '1.3334', '0.5000'])
    expect(totalsOf(report)).toEqual([{ target: '450.00', reached: '250.00' }])
  })

  test('by unit, where one above holds those below; and by the manager of the period', async () => {
    const byUnit = await get({ report: 'attainment', groupBy: 'orgUnit' })
    expect(table(byUnit, 'target', 'reached')).toEqual([
      [EAST, '400.00', '100.00'],
      [ROOT, '1000.00', '250.00'],
    ])
    expect(totalsOf(byUnit)).toEqual([{ target: '1000.00', reached: '250.00' }])
    expect(table(await get({ report: 'attainment', groupBy: 'manager' }), 'target', 'reached')).toEqual([
      [MAX, '350.00', '216.67'],
      [MIA, '100.00', '33.33'],
    ])
  })
})

test('commission by person, with its basis and what it comes to', async () => {
  const report = await get({ report: 'commission', groupBy: 'person,month' })
  expect(table(report, 'basis', 'amount')).toEqual([
    [ANN, '2017-03', '33.33', '1.00'],
    [ANN, '2017-04', '66.67', '2.00'],
    [BOB, '2017-04', '200.00', '6.00'],
    [BOB, '2017-05', '-50.00', '-1.50'],
  ])
  expect(totalsOf(report)).toEqual([{ basis: '250.00', amount: '7.50' }])
  const byProduct = await get({ report: 'commission', groupBy: 'product' })
  expect(table(byProduct, 'basis', 'amount')).toEqual([
    ['GTX', '210.00', '6.30'],
    ['MG', '40.00', '1.20'],
  ])
})

test('L6: what was collected is what targets count and what commission was earned on', async () => {
  const [sold, reached, earned] = await Promise.all(
    ['sales', 'attainment', 'commission'].map((report) => get({ report, groupBy: 'person' })),
  )
  expect(totalsOf(sold!)[0]?.collected).toBe('250.00')
  expect(totalsOf(reached!)[0]?.reached).toBe('250.00')
  expect(totalsOf(earned!)[0]?.basis).toBe('250.00')
})

test('L9: a rebuild changes nothing of it', async () => {
  const { digest, previousDigest, events } = await reports.rebuildReadModels({}, director.as())
  expect(digest).toBe(previousDigest)
  expect(Number(events)).toBe(STORY.length)
})

describe('rows', () => {
  const REPORTS = ['sales', 'pipeline', 'receivables', 'attainment', 'commission']
  const peopleSeen = async (grants: readonly string[], who: { id?: string; unitId?: string }) => {
    const caller = await someone(grants, who)
    const asked = REPORTS.map((report) => get({ report, groupBy: 'person', asOf: '2017-04-03' }, caller))
    return (await Promise.all(asked)).map(({ rows }) => rows.map(({ keys }) => keys.person))
  }

  test.each([
    ['the own', 'self', { id: ANN }, [[ANN], [ANN], [ANN], [ANN], [ANN]]],
    ["the unit's", 'team', { unitId: WEST }, [[BOB, BOB], [BOB], [BOB], [BOB], [BOB]]],
    ["an office's", 'subtree', { unitId: EAST }, [[ANN], [ANN], [ANN], [ANN], [ANN]]],
    ["a team's", 'subtree', { unitId: SHOP }, [[ANN], [ANN], [ANN], [ANN], [ANN]]],
    ["an empty unit's", 'subtree', { unitId: newId() }, [[], [], [], [], []]],
  ])('lie within the reach of who asks: %s', async (_, reach, who, expected) => {
    expect(await peopleSeen(allReports(reach), who)).toEqual(expected)
  })

  test('of another company are not there, and without the permission nothing is', async () => {
    const stranger = await someone(allReports('company'), { companyId: newId() })
    expect((await get({ groupBy: 'person' }, stranger)).rows).toEqual([])
    await expect(get({}, await someone(['orders.read@company']))).rejects.toMatchObject({ code: 'permission_missing' })
  })
})

test.each([
  [{ report: 'gossip' }, 'unknown_report'],
  [{ groupBy: 'stage' }, 'unknown_grouping'],
  [{ groupBy: 'weather' }, 'unknown_grouping'],
  [{ from: '2017-02-30' }, 'bad_date'],
])('%j is refused', async (request, code) => {
  await expect(get(request)).rejects.toMatchObject({ kind: 'invalid', code })
})
