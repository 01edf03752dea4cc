import { fc } from '@fast-check/vitest'

/** The files of an import, by their names. */
export type Files = Readonly<Record<string, Buffer>>

/** What stands in cells: nothing, other numbers, days that are none, too long, characters that nobody sees, and names of others. */
const ODD: readonly string[] = [
  ['', ' ', '0', '0.00', '00', '-1', '-0.01', '1e3', '1E400', '1,000', '1.234', '1.5', '0.01', 'NaN', '½', '１００'],
  ['999999999999', '999999999999.99', '9999999999999', '3001', '10000001', '55', '4400'],
  ['2017-02-30', '2017-13-01', '0001-01-01', '1899-12-31', '9999-12-31', '2026-03-11', '2027-01-01', '17-1-1'],
  ['2017-03-01T00:00:00Z', '2016-01-01', '2026-03-10', 'x'.repeat(70), 'x'.repeat(101), 'x'.repeat(201)],
  ['长'.repeat(250), 'a\u0001b', 'a\u200bb', '\u202eevil', 'e\u0301', 'é', '"', 'a "b" c', 'a\nb', "'; DROP TABLE"],
  ['=1+1', '__proto__', 'constructor', 'Sales Director', 'Anna', 'Dora', 'ACME Inc.', 'gtx-pro', 'GTXPro', '🙂'],
  ['null', 'Acme', 'Beta', 'Won', 'won', 'Lost', 'Engaging', 'technolgy', 'Philipines', 'West (team)'],
].flat()
const JUNK = ['', ',,,', '\u0000', '"a"b,c', '\ufffd,x', '"', '\u00ff\u00fe']

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const lineOf = (cells: readonly string[]): string => cells.map(quoted).join(',')

type Throw = { readonly of100: number; readonly column: number; readonly odd: string; readonly junk: string }

const thrown: fc.Arbitrary<Throw> = fc.record({
  of100: fc.nat(99),
  column: fc.nat(7),
  odd: fc.constantFrom(...ODD),
  junk: fc.constantFrom(...JUNK),
})

/** So many of a hundred rows are as they are meant: those that others refer to mostly, or nothing else would be looked at. */
const GOOD = { referred: 75, own: 45 } as const

/** A row as it is meant, or with a cell that is not, or what is left of it. */
const spoilt = (cells: readonly string[], { of100, column, odd, junk }: Throw, good: number): readonly string[] => {
  const line = lineOf(cells)
  if (of100 < good) return [line]
  if (of100 < 92) return [lineOf(cells.with(column % cells.length, odd))]
  if (of100 < 94) return [line.slice(0, 9)]
  if (of100 < 95) return [`"${cells.join(',')}`]
  if (of100 < 96) return [`${line},more`]
  return of100 < 98 ? [junk] : [line, line]
}

type Form = { readonly end: string; readonly mark: string; readonly utf16: boolean; readonly extra: boolean }

const form: fc.Arbitrary<Form> = fc.record({
  end: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\ufeff'),
  utf16: fc.boolean(),
  extra: fc.boolean(),
})

const written = (header: string, lines: readonly string[], { end, mark, utf16, extra }: Form): Buffer => {
  const all = [extra ? `${header},remark` : header, ...lines.map((line) => (extra && line !== '' ? `${line},x` : line))]
  const text = all.join(end) + end
  return utf16 ? Buffer.from(`\ufeff${text}`, 'utf16le') : Buffer.from(mark + text)
}

type Rows = readonly (readonly string[])[]

const file = (header: string, rows: Rows, good: number = GOOD.referred): fc.Arbitrary<Buffer> =>
  fc.tuple(fc.array(thrown, { minLength: rows.length, maxLength: rows.length }), form).map(([throws, how]) => {
    const lines = rows.flatMap((cells, index) => spoilt(cells, throws[index] as Throw, good))
    return written(header, lines, how)
  })

const AGENTS = ['Anna', 'Ben', 'Chen 陈', 'Eve', 'Finn', 'Gil', 'Hal', 'Ida']
const PRODUCTS = ['GTX Pro', 'MG 特别', 'Cheap', 'GTK 500', 'Plus']
const ACCOUNTS = ['Acme', 'Beta', '金桥公司', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta']

const of = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

/** At the list price, a little and a lot under it, and above. */
const VALUES = ['1000', '850', '700', '1200.50']

const deal = (index: number): readonly string[] => {
  const stage = of(['Won', 'Lost', 'Won', 'Engaging', 'Prospecting'], index)
  const closed = stage === 'Won' || stage === 'Lost'
  const account = closed || index % 2 ? of(ACCOUNTS, index * 7) : ''
  const dates = [stage === 'Prospecting' ? '' : '2017-01-05', closed ? of(['2017-03-01', '2017-12-31'], index) : '']
  const value = stage === 'Won' ? of(VALUES, index) : closed ? '0' : ''
  return [`D${index}`, of(AGENTS, index * 3), of(PRODUCTS, index * 2 + 1), account, stage, ...dates, value]
}

const numbered = <T>(length: number, row: (index: number) => T): readonly T[] =>
  Array.from({ length }, (_, index) => row(index))

/** Files of good rows, every second of which was spoilt. */
export const nastyFiles = (deals: number): fc.Arbitrary<Files> =>
  fc.record({
    'sales_teams.csv': file(
      'sales_agent,manager,regional_office',
      AGENTS.map((agent, index) => [agent, of(['Dora', 'Max'], index), of(['East', '西部'], index)]),
    ),
    'products.csv': file(
      'product,series,sales_price',
      PRODUCTS.map((product, index) => [product, of(['GTX', ''], index), '1000']),
    ),
    'accounts.csv': file(
      'account,sector,year_established,revenue,employees,office_location,subsidiary_of',
      ACCOUNTS.map((account, index) => [account, 'retail', '1996', '1100.04', '12', 'US', index % 3 ? '' : 'Beta']),
    ),
    'sales_pipeline.csv': file(
      'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
      numbered(deals, deal),
      GOOD.own,
    ),
  })
