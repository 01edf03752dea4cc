import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root, someone } = await aCompany(http)

test('an import is refused at once to whoever may migrate but not for the company, and told what is needed', async () => {
  const { token } = await someone(['migration@subtree', 'files.write@self'])
  const files = ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv'].map((name) => ({
    name,
    fileId: newId(),
  }))
  const ask = (dryRun: boolean, language: string) =>
    http.call('POST', '/v1/imports', {
      token,
      key: newId(),
      headers: { 'accept-language': language },
      body: { profile: 'crm', dryRun, files },
    })
  for (const dryRun of [true, false]) {
    const { status, json } = await ask(dryRun, 'en')
    expect([status, json.code, json.detail]).toEqual([
      403,
      'permission_missing',
      'You lack the permission migration@company.',
    ])
  }
  expect((await ask(false, 'zh-CN')).json.detail).toContain('migration@company')
  expect((await http.get('/v1/imports', root)).json.imports).toEqual([])
})
