import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { File_Media } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import {
  FileService,
  ClaimFilesResponse_Refusal_Reason as Reason,
} from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
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

const DOCUMENT = 'orders/payments/1'
const asked = (...fileIds: string[]) => ({
  companyId,
  document: DOCUMENT,
  claims: fileIds.map((fileId) => ({ fileId, media: File_Media.TEXT })),
})
const claim = async (...fileIds: string[]) =>
  (await files.claimFiles(asked(...fileIds))).refusals.map(({ fileId, reason }) => ({ fileId, reason }))

test('an upload under the id of a file, of whichever company, is refused', async () => {
  const fileId = await upload(elsewhere.root)
  const taken = { fileId, name: 'a', contentType: 'text/plain', size: 1n, sha256: '0'.repeat(64) }
  for (const token of [elsewhere.root, root]) {
    await expect(files.registerFile(taken, { token })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'file_exists',
    })
  }
})

test('files are claimed all together or not at all, each by its own company', async () => {
  const [mine, theirs] = [await upload(root), await upload(elsewhere.root)]
  const unknown = newId()
  expect(await claim(mine, theirs, unknown)).toEqual([
    { fileId: theirs, reason: Reason.MISSING },
    { fileId: unknown, reason: Reason.MISSING },
  ])
  const late = await later(25)
  expect((await http.get(`/v1/files/${mine}`, late)).status).toBe(404)
  expect(await claim(mine)).toMatchObject([{ fileId: mine, reason: Reason.MISSING }])
})

test('what nobody claims goes a day after its upload, and what is claimed stays', async () => {
  const token = await later(0)
  const [claimed, fresh] = [await upload(token), await upload(token)]
  expect(await claim(claimed)).toEqual([])
  const almost = await later(23)
  for (const fileId of [claimed, fresh]) expect((await http.get(`/v1/files/${fileId}`, almost)).status).toBe(200)
  const after = await later(2)
  expect((await http.get(`/v1/files/${claimed}`, after)).status).toBe(200)
  expect((await http.get(`/v1/files/${fresh}`, after)).status).toBe(404)
  expect([bytesOf(claimed), bytesOf(fresh)]).toEqual([true, false])
  expect(await claim(claimed)).toEqual([])
})

test('a file serves one document, for which it may be claimed again', async () => {
  const fileId = await upload(await later(0))
  expect([await claim(fileId), await claim(fileId)]).toEqual([[], []])
  const { refusals } = await files.claimFiles({ ...asked(fileId), document: 'orders/payments/2' })
  expect(refusals).toMatchObject([{ fileId, reason: Reason.TAKEN }])
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
  expect([refused.status, refused.json.code, refused.json.violations]).toMatchObject([
    400,
    'file_unknown',
    [{ field: 'files[0].fileId' }],
  ])
  const again = await http.post('/v1/imports', after, { profile: 'crm', dryRun: true, files: uploaded })
  expect(again.files).toEqual(uploaded)
})

test('nobody but a service claims', async () => {
  const fileId = await upload(await later(0))
  const asPerson = files.claimFiles(asked(fileId), { token: await signIn(http, 'root') })
  await expect(asPerson).rejects.toMatchObject({ code: 'services_only' })
})
