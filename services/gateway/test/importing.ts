import { newId } from '@saleswright/kernel'
import { expect } from 'vitest'
import type { Answer, Http, Json } from './http.ts'

type Texts = Readonly<Record<string, string | Buffer>>
type How = { readonly dryRun?: boolean; readonly more?: readonly string[] }

/** Files that can be taken: one of each kind of row. */
export const GOOD = {
  'sales_teams.csv': 'sales_agent,manager,regional_office\nAnna,Dora,Central\n',
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\n',
  'accounts.csv':
    'account,sector,year_established,revenue,employees,office_location,subsidiary_of\nAcme,retail,1996,1100.04,2822,US,\n',
  'sales_pipeline.csv':
    'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nA1,Anna,GTX Pro,Acme,Won,2016-10-20,2017-03-01,4821\n',
}

/** Imports of whoever has a token. */
export const importing = (http: Http, token: string, language = 'zh-CN') => {
  const headers = { 'accept-language': language }
  const upload = async (text: string | Buffer): Promise<Answer> => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(Buffer.from(text))]), 'a.csv')
    const { headers: typed, body } = new Response(form)
    return http.call('POST', '/v1/files', {
      token,
      headers: { 'content-type': typed.get('content-type') ?? '' },
      body: new Uint8Array(await new Response(body).arrayBuffer()),
    })
  }
  const ask = async (texts: Texts, { dryRun = true, more = [] }: How = {}): Promise<Answer> => {
    const named = [...Object.entries(texts), ...more.map((name) => [name, 'a,b\n'] as const)]
    const files = await Promise.all(
      named.map(async ([name, text]) => ({ name, fileId: (await upload(text)).json.fileId })),
    )
    const body = { profile: 'crm', dryRun, files }
    return http.call('POST', '/v1/imports', { token, key: newId(), headers, body })
  }
  const read = async (importId: string): Promise<Json> =>
    (await http.call('GET', `/v1/imports/${importId}`, { token, headers })).json
  return {
    upload,
    ask,
    read,
    begin: async (texts: Texts, how?: How): Promise<string> => (await ask(texts, how)).json.importId,
    ended: async (importId: string): Promise<Json> => {
      await expect
        .poll(async () => (await read(importId)).status, { timeout: 120_000, interval: 100 })
        .toMatch(/DONE|FAILED|CANCELLED/)
      return read(importId)
    },
    findingsOf: async (importId: string): Promise<readonly Json[]> => {
      const all: Json[] = []
      for (let page = ''; ; ) {
        const path = `/v1/imports/${importId}/findings?pageSize=200&pageToken=${encodeURIComponent(page)}`
        const { findings, nextPageToken } = (await http.call('GET', path, { token, headers })).json
        all.push(...findings)
        if (nextPageToken === '') return all
        page = nextPageToken
      }
    },
  }
}
