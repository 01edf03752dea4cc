import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { lists, named } from './asking.ts'
import { aCompany } from './company.ts'
import { aReach, COUNTED, counting, someGrants } from './counting.ts'
import { yuan } from './dealers.ts'
import { type Guard, guardedBy } from './guard.ts'
import type { Json } from './http.ts'
import { type Party, textsOf } from './party.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'
import { aWorld, HOUSE } from './world.ts'

const guard: Guard = { is: 'on' }
const platform = await startPlatform(EVERY_SERVICE.map((definition) => guardedBy(guard, definition)))
const { http } = await platform.open()
const company = await aCompany(http)
const { mine, other, foreign, ids, elsewhere, house } = await aWorld(http, company, platform.hosted.drained)
for (const [{ token, customerId }, sku] of [
  [mine, 'SW-100'] as const,
  [other, 'SW-100'] as const,
  [foreign, 'EW-100'] as const,
]) {
  await http.post('/v1/orders', token, { customerId, lines: [{ sku, quantity: '3' }] })
}
// What is given back is owed again: prepaid orders have open receivables in no other way.
const refunds = await company.someone(['payments.refund@company', 'payments.read@company'])
for (const { ids: theirs } of [mine, other]) {
  const refund = { allocations: [{ receivableId: theirs.receivable_id, amount: yuan('50.00') }], reason: '部分退款' }
  await http.post(`/v1/payments/${theirs.payment_id}/refund`, refunds.token, refund)
}
await platform.hosted.drained()

beforeEach(() => {
  guard.is = 'on'
})

const idsOf = (of: Party) => [...Object.values(of.ids), of.insider.personId, of.unitId]
const found = (some: readonly string[], text: string) => some.filter((secret) => text.includes(secret))
/** Everything of the other party, and of its company. */
const THEIRS = [...textsOf(other.canary), ...idsOf(other)]
const ALL = [...THEIRS, HOUSE, ...Object.entries(house).flatMap(([field, id]) => (field === 'sku' ? [] : [id]))]

/** What shows all of a company to whoever may read it at all, and why. */
const COMPANY_WIDE: Readonly<Record<string, string>> = {
  '/v1/org-units': 'the organization is known to all in it',
}
/** What nobody may read whose permission is for less than the company, and a question to it. */
const OPERATORS: Readonly<Record<string, string>> = {
  '/v1/parked-events': 'context=orders',
  '/v1/audit-entries': 'context=orders',
  '/v1/audit-entries/verify': `context=orders&aggregateId=${ids.order_id}`,
}
const CONTEXTS = ['organization', 'customers', 'orders', 'performance', 'incentives', 'reporting', 'gateway']
const QUERIES = [
  '',
  '?pageSize=200&withTotal=true',
  `?customerId=${ids.customer_id}`,
  `?orderId=${ids.order_id}`,
  `?personId=${other.insider.personId}`,
  `?ownerId=${other.insider.personId}`,
  `?nodeId=${other.unitId}`,
  `?q=${encodeURIComponent(other.canary.name)}`,
  '?period=2026-Q1',
  '?period=2026-Q1&groupBy=orgUnit',
  ...CONTEXTS.map((context) => `?context=${context}&aggregateId=${ids.order_id}`),
  ...CONTEXTS.map((context) => `?context=${context}`),
]
/** What somebody gets of a list by any of the questions that one could ask. */
const scanned = async (path: string, token: string): Promise<string> => {
  const answers = await Promise.all(QUERIES.map((query) => http.get(path + query, token)))
  expect(answers.map(({ status }) => status).filter((status) => ![200, 400, 404].includes(status))).toEqual([])
  // The trail of a record is answered to those of its company alone.
  if (!path.endsWith('/verify')) expect(answers.some(({ status }) => status === 200)).toBe(true)
  return answers.map(({ text }) => text).join('\n')
}

describe('F24: a list', () => {
  test.each(named(lists.filter(({ access }) => access.partners)))(
    '%s shows a partner nothing of the other',
    async (_, { path }) => {
      expect(found(THEIRS, await scanned(path, mine.token))).toEqual([])
    },
  )

  test.each(Object.entries(OPERATORS))('%s is refused to staff of a unit', async (path, query) => {
    const { status, json } = await http.get(`${path}?${query}`, mine.insider.token)
    expect([status, json.code]).toEqual([403, 'permission_missing'])
  })

  const ofUnits = lists.filter(({ path }) => !(path in OPERATORS))

  test.each(named(ofUnits))('%s shows staff of another unit nothing of this one', async (_, { path }) => {
    const seen = found(THEIRS, await scanned(path, mine.insider.token))
    expect(seen.length > 0).toBe(path in COMPANY_WIDE)
  })

  test.each(named(lists))('%s shows another company nothing of this one', async (_, { path }) => {
    // A subsidiary knows whose it is.
    const others = path === '/v1/companies' ? ALL.filter((text) => text !== house.company_id) : ALL
    expect(found(others, await scanned(path, elsewhere))).toEqual([])
  })
})

const REPORTS = {
  sales: ['month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  pipeline: ['stage', 'month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  receivables: ['bucket', 'month', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
  attainment: ['person', 'orgUnit', 'office', 'manager', 'period'],
  commission: ['month', 'period', 'orgUnit', 'office', 'manager', 'person', 'product', 'customer', 'region'],
} as const
const questions = Object.entries(REPORTS).flatMap(([report, groupings]) =>
  groupings.map((grouping) => `/v1/reports/${report}?groupBy=${grouping}`),
)
const RANGE = 'from=2026-01-01&to=2026-12-31'
const reportOf = async (question: string, token: string): Promise<{ readonly text: string; readonly json: Json }> => {
  const { status, text, json } = await http.get(`${question}&${RANGE}`, token)
  expect([status, text]).toEqual([200, expect.any(String)])
  return { text, json }
}
const totalOf = async (question: string, token: string) => {
  const { amounts, counts } = (await reportOf(question, token)).json.totals[0] ?? { amounts: {}, counts: {} }
  const figures = Object.entries<Json>(amounts).map(([name, { amount }]) => [name, Number(amount)] as const)
  return new Map([...figures, ...Object.entries<string>(counts).map(([name, count]) => [name, Number(count)] as const)])
}

describe('F24: a report', () => {
  test.each(questions)('%s shows a unit its own figures, and the company those of both', async (question) => {
    const [own, theirs, whole] = [
      await totalOf(question, mine.insider.token),
      await totalOf(question, other.insider.token),
      await totalOf(question, company.root),
    ]
    expect(found(THEIRS, (await reportOf(question, mine.insider.token)).text)).toEqual([])
    const sums = [...whole].map(([name]) => [name, (own.get(name) ?? 0) + (theirs.get(name) ?? 0)])
    expect([...whole]).toEqual(sums)
    expect(Math.min(...[own, theirs].map((some) => Math.max(...some.values())))).toBeGreaterThan(0)
  })

  test.each(questions)('%s shows another company its own', async (question) => {
    expect(found(ALL, (await reportOf(question, elsewhere)).text)).toEqual([])
    expect(await totalOf(question, elsewhere)).toEqual(await totalOf(question, foreign.insider.token))
  })

  test.each(questions)('%s leads nobody to the documents of another', async (question) => {
    const { rows, totals } = (await reportOf(question, company.root)).json
    for (const { drillDown } of [...rows, ...totals]) {
      const [whole, own, abroad] = await Promise.all(
        [company.root, mine.insider.token, elsewhere].map((token) => http.get(`${drillDown}&pageSize=200`, token)),
      )
      expect([whole?.status, own?.status, abroad?.status]).toEqual([200, 200, 200])
      expect(whole?.json.documents).not.toEqual([])
      expect(found(THEIRS, own?.text ?? '')).toEqual([])
      expect(found(ALL, abroad?.text ?? '')).toEqual([])
    }
  })

  test('and whose it is sees it', async () => {
    const { text } = await reportOf('/v1/reports/sales?groupBy=customer', other.insider.token)
    expect(text).toContain(other.canary.name)
  })
})

test('F24: without the guard of the stores lists and reports show what is another’s', async () => {
  /** Their rows are no party's, or they are not asked of a store with the scope of a call. */
  const others =
    /companies|org-units|headcount-plans|positions|roles|policies|products|production|price|stock|availability|authority|audit|parked|commission-plans|imports|delegations/
  const some = lists.filter(({ path }) => !others.test(path))
  // Targets are kept or left out one by one, by the scope itself.
  const sums = questions.filter((question) => !question.includes('attainment'))
  const own = await Promise.all(sums.map((question) => totalOf(question, mine.insider.token)))
  guard.is = 'off'
  const silent: string[] = []
  for (const { path } of some) {
    if (found(THEIRS, await scanned(path, elsewhere)).length === 0) silent.push(path)
  }
  for (const [index, question] of sums.entries()) {
    const total = await totalOf(question, mine.insider.token)
    if (JSON.stringify([...total]) === JSON.stringify([...(own[index] ?? [])])) silent.push(question)
  }
  expect(silent).toEqual([])
  expect(some.length).toBeGreaterThan(12)
})

test('whatever somebody was granted, they can open every document that a report counts for them, and nothing else counts', async () => {
  const { asInsider, everyReport, everyDocument } = counting(http, company, RANGE)
  await fc.assert(
    fc.asyncProperty(aReach, someGrants, async (reach, grants) => {
      const token = await asInsider(mine, { ...grants, 'reports.read': reach })
      const [before, whole] = [await everyDocument(token), await everyReport(company.root)]
      for (const [report, permissions] of Object.entries(COUNTED)) {
        const missing = permissions.find((permission) => grants[permission] === undefined)
        expect(before.get(report)).toMatch(missing === undefined ? /^200 / : new RegExp(`^403 .*${missing}`))
      }
      await goOn(other)
      if (reach !== 'company') expect(await everyReport(token)).toEqual(before)
      expect(await everyReport(company.root)).not.toEqual(whole)
    }),
    { numRuns: 6 },
  )
})

/** One more of what comes about without much ado, for another party. */
const goOn = async ({ token, customerId, insider }: Party) => {
  await http.post('/v1/orders', token, { customerId, lines: [{ sku: 'SW-100', quantity: '1' }] })
  await http.post('/v1/leads', insider.token, { title: 'one more' })
  await http.post('/v1/opportunities', insider.token, { title: 'one more', customerId })
  await platform.hosted.drained()
}
