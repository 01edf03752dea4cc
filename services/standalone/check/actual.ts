import type { Figures } from './figures.ts'

/** GET of the public API, signed in. */
export type Get = <T>(path: string) => Promise<T>

type Money = { readonly amount: string }
type ReportRow = {
  readonly labels: Readonly<Record<string, string>>
  readonly keys: Readonly<Record<string, string>>
  readonly amounts: Readonly<Record<string, Money>>
  readonly counts: Readonly<Record<string, string>>
}
type Report = { readonly rows: readonly ReportRow[]; readonly totals: readonly ReportRow[] }
type Page<K extends string, T> = { readonly nextPageToken: string } & Readonly<Record<K, readonly T[]>>

const cents = (money: Money | undefined): bigint => BigInt((money?.amount ?? '0').replace('.', ''))

async function* all<K extends string, T>(get: Get, path: string, name: K): AsyncGenerator<T> {
  let token = ''
  do {
    const mark = path.includes('?') ? '&' : '?'
    const page: Page<K, T> = await get(`${path}${mark}pageSize=200&pageToken=${encodeURIComponent(token)}`)
    yield* page[name]
    token = page.nextPageToken
  } while (token)
}

/** The same figures from the platform: from the documents themselves, from the reports, from attainment and from commission. */
export const actualFigures = async (get: Get): Promise<Figures> => {
  const figures = new Map<string, bigint>()
  const add = (name: string, by: bigint): void => void figures.set(name, (figures.get(name) ?? 0n) + by)
  await fromDocuments(get, add)
  await fromReports(get, add)
  await fromAttainment(get, add)
  await fromCommission(get, add)
  return figures
}

type Add = (name: string, by: bigint) => void
type Order = { readonly net: Money; readonly priceApproval: string; readonly status: string }
type Receivable = { readonly collected: Money }

const fromDocuments = async (get: Get, add: Add): Promise<void> => {
  for await (const order of all<'orders', Order>(get, '/v1/orders?status=COMPLETED', 'orders')) {
    add('orders', 1n)
    add('orders net', cents(order.net))
    if (order.priceApproval === 'APPROVED') add('orders approved', 1n)
  }
  for await (const { collected } of all<'receivables', Receivable>(get, '/v1/receivables', 'receivables')) {
    add('receivables collected', cents(collected))
  }
}

const DIMENSIONS = ['office', 'manager', 'person', 'product', 'month']

const fromReports = async (get: Get, add: Add): Promise<void> => {
  for (const dimension of DIMENSIONS) {
    const { rows } = await get<Report>(`/v1/reports/sales?groupBy=${dimension}`)
    for (const { labels, keys, amounts } of rows) {
      const value = labels[dimension] ?? keys[dimension] ?? ''
      for (const kind of ['ordered', 'collected']) {
        const amount = cents(amounts[kind])
        if (amount !== 0n) add(`${kind} by ${dimension} ${value}`, amount)
      }
    }
  }
  const { totals } = await get<Report>('/v1/reports/sales?groupBy=month')
  for (const { amounts } of totals) for (const kind of ['ordered', 'collected']) add(kind, cents(amounts[kind]))
  await fromPipeline(get, add)
}

const STAGES: Readonly<Record<string, string>> = {
  WON: 'Won',
  LOST: 'Lost',
  REQUIREMENT_CONFIRMED: 'Engaging',
  DISCOVERY: 'Prospecting',
}

const fromPipeline = async (get: Get, add: Add): Promise<void> => {
  const { rows } = await get<Report>('/v1/reports/pipeline?groupBy=stage')
  for (const { keys, counts } of rows) {
    const { leads = '0', opportunities = '0' } = counts
    add(`stage ${STAGES[keys.stage?.toUpperCase() ?? ''] ?? keys.stage}`, BigInt(leads) + BigInt(opportunities))
    add('leads', BigInt(leads))
    add('opportunities', BigInt(opportunities))
  }
}

type Attainment = { readonly name: string; readonly period: string; readonly reached: Money }

const fromAttainment = async (get: Get, add: Add): Promise<void> => {
  for (const quarter of ['Q1', 'Q2', 'Q3', 'Q4']) {
    const path = `/v1/attainments?period=2017-${quarter}&groupBy=person&basis=COLLECTED`
    const { attainments } = await get<{ readonly attainments: readonly Attainment[] }>(path)
    for (const { name, period, reached } of attainments) {
      if (cents(reached) !== 0n) add(`attained ${name} ${period}`, cents(reached))
    }
  }
}

type Statement = { readonly basis: Money; readonly amount: Money }

const fromCommission = async (get: Get, add: Add): Promise<void> => {
  for await (const { basis, amount } of all<'statements', Statement>(get, '/v1/statements', 'statements')) {
    add('commission basis', cents(basis))
    add('commission', cents(amount))
  }
}
