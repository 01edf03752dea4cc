import { organization } from '@saleswright/organization'
import type { Platform, ServiceDefinition } from '@saleswright/service'
import { expect, test } from 'vitest'
import { gateway } from '../src/service.ts'
import { aCompany } from './company.ts'
import type { Json } from './http.ts'
import { startPlatform } from './platform.ts'

let inside: Platform | undefined
const watched: ServiceDefinition = {
  ...gateway,
  build: (platform) => {
    inside = platform
    return gateway.build(platform)
  },
}
const { open } = await startPlatform([organization, watched])
const { http } = await open()
const { root } = await aCompany(http)
const imports = () => inside!.store.connection.collection<{ _id: string; status: string }>('imports')

const upload = async (text: string): Promise<string> => {
  const body = new FormData()
  body.set('file', new Blob([text]), 'a.csv')
  const headers = { authorization: `Bearer ${root}` }
  const answer = await fetch(`${http.address}/v1/files`, { method: 'POST', body, headers })
  return ((await answer.json()) as { readonly fileId: string }).fileId
}

/** A dry run of so many deals of Anna's; what is somebody else's is rejected. */
const begin = async (deals: number, agent = 'Anna'): Promise<string> => {
  const header = 'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n'
  const texts = {
    'sales_teams.csv': 'sales_agent,manager,regional_office\nAnna,Dora,Central\n',
    'products.csv': 'product,series,sales_price\nGTX,G,1\n',
    'accounts.csv': 'account,sector,year_established,revenue,employees,office_location,subsidiary_of\n',
    'sales_pipeline.csv': header + `A,${agent},GTX,,Engaging,,,\n`.repeat(deals),
  }
  const files = await Promise.all(
    Object.entries(texts).map(async ([name, text]) => ({ name, fileId: await upload(text) })),
  )
  return (await http.post('/v1/imports', root, { profile: 'crm', dryRun: true, files })).importId
}

const read = async (importId: string): Promise<Json> => (await http.get(`/v1/imports/${importId}`, root)).json
const done = (importId: string) =>
  expect.poll(async () => (await read(importId)).status, { timeout: 20_000 }).toBe('DONE')

test('an import that cannot write down how far it is ends nothing but itself', async () => {
  const lost = await begin(150_000)
  const lose = async () => (await imports().deleteOne({ _id: lost, status: 'running' })).deletedCount
  await expect.poll(lose, { interval: 10, timeout: 10_000 }).toBe(1)
  await done(await begin(1))
})

test('an import that is begun again finds what it found once', async () => {
  const importId = await begin(3, 'Nobody')
  await done(importId)
  await imports().updateOne({ _id: importId }, { $set: { status: 'running' } })
  await done(importId)
  const { findings } = (await http.get(`/v1/imports/${importId}/findings`, root)).json
  expect(findings).toHaveLength(3)
  expect((await read(importId)).counts).toContainEqual(expect.objectContaining({ rejected: '3' }))
})
