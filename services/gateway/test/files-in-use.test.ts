import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aCompany, anotherCompany, signIn } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { company, root } = await aCompany(http)
const elsewhere = await anotherCompany(http, { root })
const files = client(FileService, platform.hosted.transportOf(FileService), platform.hosted.tokenOf('orders'))
const { companyId } = company
const HOUR = 3_600

const upload = async (token: string, text = 'a photo'): Promise<string> => {
  const form = new FormData()
  form.set('file', new Blob([text]), 'photo.jpg')
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${http.address}/v1/files`, { method: 'POST', body: form, headers })
  expect(response.status).toBe(201)
  return ((await response.json()) as { fileId: string }).fileId
}
const bytesOf = (fileId: string): boolean => existsSync(join(platform.files, fileId.slice(-2), fileId))
/** Tokens are older than they may be when so much time has passed. */
const later = async (hours: number): Promise<string> => {
  platform.pass(hours * HOUR)
  await platform.hosted.doDueJobs()
  return signIn(http, 'root')
}

test('files are claimed all together or not at all, each by its own company', async () => {
  const [mine, theirs] = [await upload(root), await upload(elsewhere.root)]
  const unknown = newId()
  const claim = async (...fileIds: string[]) => (await files.claimFiles({ companyId, fileIds })).missingIds
  expect(await claim(mine, theirs, unknown)).toEqual([theirs, unknown])
  const late = await later(25)
  expect((await http.get(`/v1/files/${mine}`, late)).status).toBe(404)
  expect(await claim(mine)).toEqual([mine])
})

test('what nobody claims goes a day after its upload, and what is claimed stays', async () => {
  const token = await later(0)
  const [claimed, fresh] = [await upload(token), await upload(token)]
  expect((await files.claimFiles({ companyId, fileIds: [claimed] })).missingIds).toEqual([])
  const almost = await later(23)
  for (const fileId of [claimed, fresh]) expect((await http.get(`/v1/files/${fileId}`, almost)).status).toBe(200)
  const after = await later(2)
  expect((await http.get(`/v1/files/${claimed}`, after)).status).toBe(200)
  expect((await http.get(`/v1/files/${fresh}`, after)).status).toBe(404)
  expect([bytesOf(claimed), bytesOf(fresh)]).toEqual([true, false])
  expect((await files.claimFiles({ companyId, fileIds: [claimed] })).missingIds).toEqual([])
})

test('the files of an import are its own, and stay', async () => {
  const token = await later(0)
  const names = ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv']
  const uploaded = await Promise.all(names.map(async (name) => ({ name, fileId: await upload(token) })))
  await http.post('/v1/imports', token, { profile: 'crm', dryRun: true, files: uploaded })
  const after = await later(49)
  for (const { fileId } of uploaded) expect((await http.get(`/v1/files/${fileId}`, after)).status).toBe(200)
  const gone = [{ name: names[0], fileId: newId() }, ...uploaded.slice(1)]
  const refused = await http.call('POST', '/v1/imports', {
    token: after,
    key: newId(),
    body: { profile: 'crm', dryRun: true, files: gone },
  })
  expect([refused.status, refused.json.code]).toEqual([404, 'file_not_found'])
})

test('nobody but a service claims', async () => {
  const fileId = await upload(await later(0))
  const asPerson = files.claimFiles({ companyId, fileIds: [fileId] }, { token: await signIn(http, 'root') })
  await expect(asPerson).rejects.toMatchObject({ code: 'services_only' })
})
