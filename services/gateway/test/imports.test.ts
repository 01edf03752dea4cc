import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import type { Json } from './http.ts'
import { GOOD, importing } from './importing.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root } = await aCompany(http)
const { ask, begin, ended, findingsOf } = importing(http, root)

/** A dry run to its end: how it ended, its rows by file, and what it found. */
const found = async (files: Readonly<Record<string, string>>): Promise<Json> => {
  const importId = await begin({ ...GOOD, ...files })
  return { importId, ...(await ended(importId)), findings: await findingsOf(importId) }
}

describe('an import', () => {
  test.each([
    ['a file that its profile does not read', ['other.csv'], 'other.csv'],
    ['two files of one name', ['accounts.csv'], 'accounts.csv'],
  ])('of %s is refused, for it would be passed over', async (_, more, name) => {
    const { status, json } = await ask(GOOD, { more })
    expect([status, json.code]).toEqual([400, 'import_file_unexpected'])
    expect(json.detail).toContain(name)
  })

  test('that lacks files is told which, all at once', async () => {
    const { 'products.csv': _, 'accounts.csv': __, ...two } = GOOD
    const { json } = await ask(two)
    expect(json).toMatchObject({ code: 'import_file_missing', violations: [{ field: 'files' }] })
    expect(json.detail).toContain('products.csv, accounts.csv')
  })

  test('with headers that cannot be meant ends with every file and column, and takes no row', async () => {
    const accounts = GOOD['accounts.csv'].replace('sector', 'account')
    const products = GOOD['products.csv'].replace('series', 'family').replace('sales_price', 'price')
    const { importId, ...state } = await found({ 'accounts.csv': accounts, 'products.csv': products })
    expect(state).toMatchObject({
      status: 'FAILED',
      failure: { code: 'import_header_invalid', file: 'products.csv', column: 'series' },
    })
    expect(state.failure.message).toContain('products.csv: series, products.csv: sales_price, accounts.csv: sector')
    expect(state.findings.map(({ file, line, column }: Json) => [file, line, column])).toEqual(
      expect.arrayContaining([
        ['products.csv', '1', 'series'],
        ['products.csv', '1', 'sales_price'],
        ['accounts.csv', '1', 'sector'],
        ['accounts.csv', '1', 'account'],
      ]),
    )
    const inEnglish = importing(http, root, 'en')
    expect((await inEnglish.read(importId)).failure.message).toMatch(/^The header is wrong: products\.csv: series, /)
    const [finding] = await inEnglish.findingsOf(importId)
    expect(finding.message).toMatch(/^The header has /)
    expect(state.findings[0].message).toMatch(/^表头/)
  })

  test('with a line whose quote is not closed rejects the line and takes the others', async () => {
    const [header, row] = GOOD['sales_pipeline.csv'].split('\n')
    const { status, counts, findings } = await found({ 'sales_pipeline.csv': `${header}\n"A0,Anna\n${row}\n` })
    expect(status).toBe('DONE')
    expect(counts.find(({ file }: Json) => file === 'sales_pipeline.csv')).toMatchObject({
      read: '2',
      unchanged: '1',
      rejected: '1',
    })
    expect(findings).toMatchObject([{ file: 'sales_pipeline.csv', line: '2', outcome: 'rejected' }])
  })
})
