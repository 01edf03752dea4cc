import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '@saleswright/kernel'
import { describe, expect, test, vi } from 'vitest'
import { aCompany } from './company.ts'
import { aDealer } from './dealers.ts'
import type { Json } from './http.ts'
import { startPlatform } from './platform.ts'
import { rawTo, requestText } from './raw.ts'

const platform = await startPlatform()
const uploads = { file: 100_000, import: 300_000 }
const { http } = await platform.open({ uploads })
const { root, someone } = await aCompany(http)
const clerk = await someone(['files.write@self', 'files.read@self'])

describe('uploads', () => {
  const filesOnDisk = () =>
    existsSync(platform.files)
      ? readdirSync(platform.files, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      : []
  const upload = async (token: string | undefined, bytes: Uint8Array, name = 'a.csv', key?: string) => {
    const form = new FormData()
    form.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }), name)
    const headers: Record<string, string> = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key && { 'idempotency-key': key }),
    }
    const response = await fetch(`${http.address}/v1/files`, { method: 'POST', body: form, headers })
    return { status: response.status, headers: response.headers, json: (await response.json()) as Json }
  }

  test('are kept, known by their bytes and read again by their owner', async () => {
    const bytes = Buffer.from('订单,金额\n1,2\n')
    const { status, json, headers } = await upload(clerk.token, bytes, '订单.csv')
    expect([status, json]).toMatchObject([
      201,
      {
        name: '订单.csv',
        contentType: 'text/plain',
        size: String(bytes.length),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    ])
    expect(headers.get('location')).toBe(`/v1/files/${json.fileId}`)
    expect((await http.get(`/v1/files/${json.fileId}`, clerk.token)).json).toEqual(json)
    expect(readFileSync(join(platform.files, json.fileId.slice(-2), json.fileId))).toEqual(bytes)
  })

  test('are given back byte by byte, under their name and never as a page', async () => {
    const bytes = randomBytes(70_000)
    const { json } = await upload(clerk.token, bytes, '订单 (1).png')
    const path = `${http.address}/v1/files/${json.fileId}/content`
    const headers = { authorization: `Bearer ${clerk.token}` }
    const response = await fetch(path, { headers })
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([200, bytes])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': json.contentType,
      'content-length': '70000',
      'content-disposition': expect.stringMatching(
        /^attachment; .*filename\*=UTF-8''%E8%AE%A2%E5%8D%95%20%281%29\.png$/,
      ),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    })
    const { status, headers: told } = await fetch(path, { method: 'HEAD', headers })
    expect([status, told.get('content-length')]).toEqual([200, '70000'])
  })

  test('repeated under their key are one file, and other bytes under it are refused and kept nowhere', async () => {
    const key = newId()
    const bytes = Buffer.from('装车照片')
    const first = await upload(clerk.token, bytes, 'a.png', key)
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
    const before = filesOnDisk().length
    const again = await upload(clerk.token, bytes, 'a.png', key)
    expect(again).toMatchObject({ status: 201, json: first.json })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await upload(clerk.token, Buffer.from('另一张'), 'a.png', key)).toMatchObject({
      status: 422,
      json: { code: 'idempotency_key_reused' },
    })
    expect(filesOnDisk()).toHaveLength(before)
    const kept = join(platform.files, first.json.fileId.slice(-2), first.json.fileId)
    expect(readFileSync(kept)).toEqual(bytes)
  })

  test('whose bytes were not moved into place before a crash are complete after a repeat', async () => {
    const key = newId()
    const bytes = Buffer.from('回单照片')
    const { json } = await upload(clerk.token, bytes, 'a.png', key)
    const kept = join(platform.files, json.fileId.slice(-2), json.fileId)
    rmSync(kept)
    expect(await upload(clerk.token, bytes, 'a.png', key)).toMatchObject({ status: 201, json })
    expect(readFileSync(kept)).toEqual(bytes)
  })

  test('under a key that is none are refused', async () => {
    const refused = await upload(clerk.token, Buffer.from('x'), 'a.png', 'two words')
    expect(refused).toMatchObject({ status: 400, json: { code: 'idempotency_key_invalid' } })
  })

  test('are given to nobody who may not read them, and what is lost is told', async () => {
    const { json } = await upload(clerk.token, Buffer.from('回单'))
    const path = `/v1/files/${json.fileId}/content`
    const another = await someone(['files.read@self'])
    const dealer = await aDealer(http, { root }, '戊')
    expect(await http.get(path)).toMatchObject({ status: 401, json: { code: 'token_required' } })
    expect(await http.get(path, dealer.token)).toMatchObject({ status: 403, json: { code: 'not_for_partners' } })
    expect(await http.get(path, another.token)).toMatchObject({ status: 404, json: { code: 'file_not_found' } })
    expect(await http.get('/v1/files/1/content', clerk.token)).toMatchObject({ status: 400 })
    rmSync(join(platform.files, json.fileId.slice(-2), json.fileId))
    expect(await http.get(path, clerk.token)).toMatchObject({ status: 404, json: { code: 'file_not_found' } })
  })

  test('of strangers, of partners and without the permission leave nothing', async () => {
    const before = filesOnDisk().length
    const dealer = await aDealer(http, { root }, '丁')
    const other = await someone(['leads.read@self'])
    expect(await upload(undefined, Buffer.from('x'))).toMatchObject({ status: 401, json: { code: 'token_required' } })
    expect(await upload(dealer.token, Buffer.from('x'))).toMatchObject({
      status: 403,
      json: { code: 'not_for_partners' },
    })
    expect(await upload(other.token, Buffer.from('x'))).toMatchObject({
      status: 403,
      json: { code: 'permission_missing' },
    })
    expect(filesOnDisk()).toHaveLength(before)
  })

  test('are refused before their bytes are sent', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1_000_000 }
    const { exchange } = rawTo(http.address)
    expect(await exchange(requestText('POST /v1/files', headers))).toMatchObject({ status: 401 })
    const known = { ...headers, authorization: `Bearer ${clerk.token}` }
    expect(await exchange(requestText('POST /v1/files', known))).toMatchObject({
      status: 413,
      json: { code: 'body_too_large' },
    })
  })

  test('may be as large as the limit, and larger for whoever migrates', async () => {
    const before = filesOnDisk().length
    expect(await upload(clerk.token, randomBytes(uploads.file))).toMatchObject({ status: 201 })
    expect(await upload(clerk.token, randomBytes(uploads.file + 1))).toMatchObject({ status: 413 })
    expect(await upload(root, randomBytes(uploads.file + 1))).toMatchObject({ status: 201 })
    const ofPart = await someone(['files.write@self', 'migration@subtree'])
    expect(await upload(ofPart.token, randomBytes(uploads.file + 1))).toMatchObject({ status: 413 })
    expect(await upload(root, randomBytes(uploads.import + 1))).toMatchObject({ status: 413 })
    expect(filesOnDisk()).toHaveLength(before + 2)
  })

  test('that break off leave nothing', async () => {
    const before = filesOnDisk().length
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 90_000 }
    const text = requestText(
      'POST /v1/files',
      { ...headers, authorization: `Bearer ${clerk.token}` },
      part + 'x'.repeat(70_000),
    )
    const socket = rawTo(http.address).open()
    socket.write(text)
    await vi.waitFor(() => expect(filesOnDisk().length).toBe(before + 1))
    socket.destroy()
    await vi.waitFor(() => expect(filesOnDisk()).toHaveLength(before))
  })

  const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\n1\r\n`

  test('need one file, as a form', async () => {
    const call = (type: string, body: string) =>
      http.call('POST', '/v1/files', { token: clerk.token, headers: { 'content-type': type }, body })
    expect(await call('application/json', '{}')).toMatchObject({ status: 415 })
    expect(await call('multipart/form-data; boundary=b', '--b--\r\n')).toMatchObject({
      status: 400,
      json: { code: 'file_missing' },
    })
    const forms: readonly [string, string][] = [
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=b', 'no form at all'],
      ['multipart/form-data; boundary=b', part('a').slice(0, 60)],
      ['multipart/form-data; boundary=b', part('a')],
      ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'],
      ['multipart/form-data; boundary=b', `${part('a')}${part('b')}--b--\r\n`],
      ['multipart/form-data; boundary=b', `${part('__proto__')}--b--\r\n`],
    ]
    const before = filesOnDisk().length
    for (const [type, body] of forms) {
      const { status, json } = await call(type, body)
      expect([status, json.code]).toEqual([400, expect.stringMatching(/^(malformed_form|file_missing)$/)])
    }
    expect(filesOnDisk()).toHaveLength(before)
    expect(await call('multipart/form-data; boundary=b', `${part('a')}--b--\r\n`)).toMatchObject({ status: 201 })
  })
})
