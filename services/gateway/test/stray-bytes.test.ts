import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { File_Media } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { FileService } from '@saleswright/contracts/saleswright/gateway/v1/file_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, test, vi } from 'vitest'
import { aCompany, signIn } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { company } = await aCompany(http)
const files = client(FileService, platform.hosted.transportOf(FileService), platform.hosted.tokenOf('orders'))
const HOUR = 3_600

const pathOf = (id: string) => join(platform.files, id.slice(-2), id)
/** As if it was last written so many hours ago. */
const age = (path: string, hours: number): void => {
  const at = platform.clock.now().getTime() / 1_000 - hours * HOUR
  utimesSync(path, at, at)
}
/** What a process leaves behind that died in the middle of an upload, or before it was noted. */
const leave = (hours: number, name = newId()): string => {
  const path = name.includes('/') ? join(platform.files, name) : pathOf(name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'a photo')
  age(path, hours)
  return path
}
const halfOf = (id: string) => `${id.slice(-2)}/${id}.part`
const sweep = async (hours: number): Promise<void> => {
  platform.pass(hours * HOUR)
  await platform.hosted.doDueJobs()
}
const post = (body: FormData | ReadableStream<Uint8Array>, headers: Record<string, string>, token: string) =>
  fetch(`${http.address}/v1/files`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  })

test('where nothing at all is recorded, everything stays: it may be the folder of others', async () => {
  const old = leave(100)
  await sweep(24)
  expect(existsSync(old)).toBe(true)
})

test('bytes of which nothing is recorded go when they are a day old, whole or half, and nothing else does', async () => {
  const form = new FormData()
  form.set('file', new Blob(['a photo']), 'photo.jpg')
  const { fileId } = (await (await post(form, {}, await signIn(http, 'root'))).json()) as { fileId: string }
  await files.claimFiles({
    companyId: company.companyId,
    document: 'orders/payments/1',
    claims: [{ fileId, media: File_Media.TEXT }],
  })
  const [recorded, fresh] = [pathOf(fileId), leave(-1)]
  age(recorded, 1)
  const foreign = [leave(100, 'ab/notes.txt'), leave(100, 'readme'), leave(100, `elsewhere/${newId()}`)]
  const [old, half, freshHalf] = [leave(1), leave(1, halfOf(newId())), leave(-1, halfOf(newId()))]
  const left = () => [old, half, fresh, freshHalf].map(existsSync)
  await sweep(23)
  expect(left()).toEqual([true, true, true, true])
  await sweep(1)
  expect(left()).toEqual([false, false, true, true])
  await sweep(24)
  expect(left()).toEqual([false, false, false, false])
  expect(foreign.map(existsSync)).toEqual([true, true, true])
})

test('what is claimed stays however old its bytes are', async () => {
  const token = await signIn(http, 'root')
  const names = ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv']
  const files = await Promise.all(
    names.map(async (name) => {
      const form = new FormData()
      form.set('file', new Blob(['a,b\n']), name)
      const { fileId } = (await (await post(form, {}, token)).json()) as { fileId: string }
      return { name, fileId }
    }),
  )
  await http.post('/v1/imports', token, { profile: 'crm', dryRun: true, files })
  for (const { fileId } of files) age(pathOf(fileId), 1_000)
  const stray = leave(1_000)
  await sweep(24)
  expect(existsSync(stray)).toBe(false)
  expect(files.map(({ fileId }) => existsSync(pathOf(fileId)))).toEqual([true, true, true, true])
})

test('an upload that is under way is not swept', async () => {
  // A moment before the sweep is due: the token shall outlive it.
  platform.pass(23.48 * HOUR)
  const token = await signIn(http, 'root')
  const boundary = 'x'
  const [sending, rest] = [new TransformStream<Uint8Array, Uint8Array>(), 'b'.repeat(100_000)]
  const to = sending.writable.getWriter()
  const text = (part: string) => to.write(new TextEncoder().encode(part))
  const answer = post(sending.readable, { 'content-type': `multipart/form-data; boundary=${boundary}` }, token)
  await text(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'a'.repeat(100_000)}`,
  )
  const halves = () =>
    readdirSync(platform.files, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'))
  await vi.waitFor(() => expect(halves()).toHaveLength(1))
  const [half = ''] = halves()
  age(join(platform.files, half), 1)
  const stray = leave(24)
  await sweep(0.03)
  expect(existsSync(stray)).toBe(false)
  await text(`${rest}\r\n--${boundary}--\r\n`)
  await to.close()
  const response = await answer
  expect([response.status, await response.json()]).toMatchObject([201, { size: '200000' }])
})
