import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import type { Json } from './http.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root } = await aCompany(http)

const GOOD = {
  'sales_teams.csv': 'sales_agent,manager,regional_office\nAnna,Dora,Central\n',
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\n',
  'accounts.csv':
    'account,sector,year_established,revenue,employees,office_location,subsidiary_of\nAcme,retail,1996,1100.04,2822,US,\n',
  'sales_pipeline.csv':
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nA1,Anna,GTX Pro,Acme,Won,2016-10-20,2017-03-01,4821\n',
}

const upload = async (text: string): Promise<string> => {
  const body = new FormData()
  body.set('file', new Blob([text]), 'a.csv')
  const headers = { authorization: `Bearer ${root}` }
  const answer = await fetch(`${http.address}/v1/files`, { method: 'POST', body, headers })
  return ((await answer.json()) as { readonly fileId: string }).fileId
}

const ask = async (files: Readonly<Record<string, string>>, more: readonly string[] = []) => {
  const named = await Promise.all(
    [...Object.entries(files), ...more.map((name) => [name, 'a,b\n'] as const)].map(async ([name, text]) => ({
      name,
      fileId: await upload(text),
    })),
  )
  const body = { profile: 'crm', dryRun: true, files: named }
  return http.call('POST', '/v1/imports', { token: root, key: newId(), body })
}

/** A dry run to its end: how it ended, its rows by file, and what it found. */
const ended = async (files: Readonly<Record<string, string>>) => {
  const { importId } = (await ask({ ...GOOD, ...files })).json
  const read = async (): Promise<Json> => (await http.get(`/v1/imports/${importId}`, root)).json
  await expect.poll(async () => (await read()).status, { timeout: 20_000 }).toMatch(/DONE|FAILED/)
  const { findings } = (await http.get(`/v1/imports/${importId}/findings`, root)).json
  return { ...(await read()), findings }
}

describe('an import', () => {
  test.each([
    ['a file that its profile does not read', ['other.csv'], 'other.csv'],
    ['two files of one name', ['accounts.csv'], 'accounts.csv'],
  ])('of %s is refused, for it would be passed over', async (_, more, name) => {
    const { status, json } = await ask(GOOD, more)
    expect([status, json.code]).toEqual([400, 'import_file_unexpected'])
    expect(json.detail).toContain(name)
  })

  test('that lacks a file is told which', async () => {
    const { 'products.csv': _, ...three } = GOOD
    expect((await ask(three)).json).toMatchObject({
      code: 'import_file_missing',
      detail: expect.stringContaining('products.csv'),
    })
  })

  test('with a header that cannot be meant ends with the column, and takes no row', async () => {
    const twice = GOOD['accounts.csv'].replace('sector', 'account')
    expect(await ended({ 'accounts.csv': twice })).toMatchObject({
      status: 'FAILED',
      failure: 'import_header_invalid',
      findings: [{ file: 'accounts.csv', line: '1', column: 'sector', outcome: 'rejected' }],
    })
  })

  test('with a line whose quote is not closed rejects the line and takes the others', async () => {
    const [header, row] = GOOD['sales_pipeline.csv'].split('\n')
    const { status, counts, findings } = await ended({ 'sales_pipeline.csv': `${header}\n"A0,Anna\n${row}\n` })
    expect(status).toBe('DONE')
    expect(counts.find(({ file }: Json) => file === 'sales_pipeline.csv')).toMatchObject({
      read: '2',
      unchanged: '1',
      rejected: '1',
    })
    expect(findings).toMatchObject([{ file: 'sales_pipeline.csv', line: '2', outcome: 'rejected' }])
  })
})
