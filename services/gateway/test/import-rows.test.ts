import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { NEEDS } from '../src/import/crm/needs.ts'
import { aCompany, anotherCompany } from './company.ts'
import type { Json } from './http.ts'
import { GOOD, importing } from './importing.ts'
import { type Files, nastyFiles } from './nasty.ts'
import { EVERY_SERVICE, startPlatform } from './platform.ts'

const SEED = 42
const SETS = 3
const DEALS = 70

const platform = await startPlatform(EVERY_SERVICE)
const { http } = await platform.open()
const company = await aCompany(http)
const elsewhere = await anotherCompany(http, company)

type Told = { readonly findings: readonly Json[]; readonly import: Json }

const told = async (root: string, files: Files, dryRun: boolean): Promise<Told> => {
  const { begin, ended, findingsOf } = importing(http, root)
  const importId = await begin(files, { dryRun })
  const state = await ended(importId)
  const findings = await findingsOf(importId)
  const order = ({ file, line, column, code }: Json) => `${file} ${line.padStart(6, '0')} ${column} ${code}`
  return { import: state, findings: findings.toSorted((a: Json, b: Json) => (order(a) < order(b) ? -1 : 1)) }
}

const sumOf = (counts: readonly Json[], name: string): number =>
  counts.reduce((sum: number, count: Json) => sum + Number(count[name]), 0)

describe('rows of every kind', () => {
  const sets = fc.sample(fc.noBias(nastyFiles(DEALS)), { seed: SEED, numRuns: SETS })

  test.each([...sets.entries()])(
    'end the same in a dry run and in a run, and stop neither (%i)',
    async (index, files) => {
      const { root } = await anotherCompany(http, company, `importer-${index}`)
      const dry = await told(root, files, true)
      const run = await told(root, files, false)
      expect([dry.import.status, run.import.status]).toEqual(['DONE', 'DONE'])
      expect(dry.findings).toEqual(run.findings)
      const { counts } = run.import
      expect(sumOf(counts, 'read')).toBe(sumOf(counts, 'total'))
      expect(sumOf(counts, 'created')).toBeGreaterThan(DEALS / 5)
      expect(new Set(run.findings.map(({ code }) => code)).size).toBeGreaterThan(6)
      expect(run.findings.filter(({ code, message }) => code === 'internal_error' || message === '')).toEqual([])
    },
  )
})

/** Rows among which one cell is not as it should be: of which file, which cells, and what is said of which column. */
const CASES = [
  ['sales_teams.csv', `${'x'.repeat(101)},Dora,Central`, 'sales_agent string.max_len'],
  ['sales_teams.csv', `Ben,${'m'.repeat(101)},Central`, 'manager string.max_len'],
  ['sales_teams.csv', 'Anna,Dora,Central', 'sales_agent import_row_twice'],
  ['sales_teams.csv', 'Cleo,Dora,North', 'regional_office import_two_offices'],
  ['sales_teams.csv', 'Dora,Max,Central', 'sales_agent import_two_ranks'],
  ['products.csv', `${'x'.repeat(65)},GTX,1`, 'product string.max_len'],
  ['products.csv', 'gtx-pro,GTX,1', 'product import_row_twice'],
  ['products.csv', `MG,${'x'.repeat(101)},1`, 'series string.max_len'],
  ['products.csv', 'Plus,GTX,-1', 'sales_price import_no_amount'],
  ['accounts.csv', `${'x'.repeat(201)},,,,,,`, 'account string.max_len'],
  ['accounts.csv', 'ACME Inc.,,,,,,', 'account import_row_twice'],
  ['accounts.csv', 'Beta,,3001,,,,', 'year_established int32.gte_lte'],
  ['accounts.csv', 'Gamma,,,,10000001,,', 'employees int32.gte_lte'],
  ['accounts.csv', 'Delta,,,9999999,,,', 'revenue string.pattern'],
  ['accounts.csv', 'Eta,,,,,,Nobody', 'subsidiary_of import_refers_nowhere'],
  ['accounts.csv', `Theta,,,,,${'x'.repeat(101)},`, 'office_location string.max_len'],
  ['sales_pipeline.csv', 'B1,Anna,GTX Pro,Acme,Won,2016-10-20,2017-03-01,0', 'close_value import_won_for_nothing'],
  ['sales_pipeline.csv', 'B2,Anna,GTX Pro,Acme,Won,2016-10-20,2017-03-01,1e3', 'close_value import_no_amount'],
  ['sales_pipeline.csv', 'B3,Anna,GTX Pro,Acme,Won,2016-10-20,2016-10-19,1', 'close_date closed_before_engaged'],
  ['sales_pipeline.csv', 'B4,Anna,GTX Pro,Acme,Won,2016-10-20,2026-03-11,1', 'close_date business_date_in_future'],
  ['sales_pipeline.csv', 'B5,Anna,GTX Pro,Acme,Lost,2017-02-30,2017-03-01,0', 'engage_date import_no_date'],
  ['sales_pipeline.csv', 'B6,Anna,GTX Pro,Acme,Won,0001-01-01,2017-03-01,1', 'engage_date import_date_too_early'],
  ['sales_pipeline.csv', 'B7,Anna,GTX Pro,Acme,Lost,,,0', 'close_date import_end_missing'],
  ['sales_pipeline.csv', 'B8,Anna,GTX Pro,Acme,Engaging,2017-01-01,2017-02-01,', 'close_date import_end_of_open'],
  ['sales_pipeline.csv', 'B9,Anna,GTX Pro,,Lost,2017-01-01,2017-02-01,0', 'account import_closed_without_account'],
  ['sales_pipeline.csv', 'A1,Anna,GTX Pro,Acme,Engaging,,,', 'opportunity_id import_row_twice'],
  ['sales_pipeline.csv', `${'x'.repeat(196)},Anna,GTX Pro,Acme,Engaging,,,`, 'opportunity_id string.max_len'],
  ['sales_pipeline.csv', `${'y'.repeat(196)},Anna,GTX Pro,,Engaging,,,`, 'opportunity_id string.max_len'],
  ['sales_pipeline.csv', `${'z'.repeat(195)},Anna,GTX Pro,Acme,Won,,2017-03-01,1`, 'opportunity_id string.max_len'],
  ['sales_pipeline.csv', 'C1,Anna,GTX Pro,A\u200bcme,Engaging,,,', 'account text.invisible'],
] as const

test('what is wrong with a row is told of the column of the file, in a dry run and in a run', async () => {
  const { root } = await anotherCompany(http, company, 'importer-of-cases')
  const files = Object.fromEntries(
    Object.entries(GOOD).map(([name, text]) => {
      const rows = CASES.filter(([file]) => file === name).map(([, row]) => row)
      return [name, Buffer.from(`${text}${rows.join('\n')}\n`)]
    }),
  )
  const expected = Object.keys(GOOD).flatMap((name) =>
    CASES.filter(([file]) => file === name).map(([file, , said], index) => `${file} ${index + 3} ${said}`),
  )
  for (const dryRun of [true, false]) {
    const { findings } = await told(root, files, dryRun)
    const said = findings.map(({ file, line, column, code }) => `${file} ${line} ${column} ${code}`)
    expect(said.toSorted()).toEqual(expected.toSorted())
  }
})

const permitted = (permissions: readonly string[]) =>
  elsewhere.someone([...permissions.map((permission) => `${permission}@company`), 'files.write@self'])

describe('whoever may begin an import', () => {
  test('may do all of it, who decides about prices; the others have a second person to ask', async () => {
    const { token, positionId } = await permitted(NEEDS)
    const { begin, ended, findingsOf } = importing(http, token)
    const first = await ended(await begin(GOOD, { dryRun: false }))
    expect(first).toMatchObject({
      status: 'FAILED',
      failure: {
        code: 'grant_needs_approval',
        file: 'sales_teams.csv',
        message: expect.stringContaining('price_under_'),
      },
    })
    const rule = { class: 'price_under_manager_floor', positionId, from: '2026-01-01' }
    await http.post('/v1/authority-rules', elsewhere.root, rule)
    const importId = await begin(GOOD, { dryRun: false })
    const { status, counts } = await ended(importId)
    expect([status, await findingsOf(importId)]).toEqual(['DONE', []])
    expect(counts.map(({ created }: Json) => created)).toEqual(['1', '1', '1', '1'])
  })

  test('and to everybody else it is refused at once, with all that they lack', async () => {
    const [, , first, ...some] = NEEDS
    const { token } = await permitted(['migration', ...some.slice(1)])
    const { json } = await importing(http, token, 'en').ask(GOOD)
    expect(json).toMatchObject({ status: 403, code: 'import_permissions_missing' })
    expect(json.detail).toContain(`customers.write@company, ${first}@company, ${some[0]}@company`)
  })
})
