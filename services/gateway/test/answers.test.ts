import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http, app } = await platform.open()
const { root } = await aCompany(http)
const authorization = `Bearer ${root}`
const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { authorization, ...headers } })

const { customerId, etag } = await http.post('/v1/customers', root, { name: '青松机械设备有限公司' })
const path = `/v1/customers/${customerId}`
for (let n = 0; n < 20; n += 1) await http.post('/v1/customers', root, { name: `青松机械设备第${n}有限公司` })

describe('the ETag of a record', () => {
  test('is its etag, on reads and on changes', async () => {
    expect((await get(path)).headers.etag).toBe(`"${etag}"`)
    const payload = { grade: 'KEY' }
    const changed = await app.inject({ method: 'PATCH', url: path, headers: { authorization }, payload })
    expect(changed.headers.etag).toBe(`"${changed.json().etag}"`)
    expect(changed.json().etag).not.toBe(etag)
  })

  test.each([
    ['the one that is known', (tag: string) => tag, 304],
    ['one of several', (tag: string) => `"0", ${tag}`, 304],
    ['a weakened one', (tag: string) => `W/${tag}`, 304],
    ['an older one', () => '"0"', 200],
  ])('in If-None-Match, %s: %s', async (_, sent, status) => {
    const { etag: tag } = (await get(path)).headers
    const answer = await get(path, { 'if-none-match': sent(String(tag)) })
    expect([answer.statusCode, answer.body === '']).toEqual([status, status === 304])
  })

  test('does not open a record to a caller who may not read it', async () => {
    const { etag: tag } = (await get(path)).headers
    const refused = await app.inject({ url: path, headers: { 'if-none-match': String(tag) } })
    expect(refused.statusCode).toBe(401)
  })
})

describe('compression', () => {
  const list = '/v1/customers'

  test('of a list is done for callers who accept it', async () => {
    const plain = await get(list)
    const packed = await get(list, { 'accept-encoding': 'gzip' })
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip'])
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
    expect(packed.headers.vary).toContain('accept-encoding')
  })

  test('is not done for one record, nor where tokens are in the answer', async () => {
    expect((await get(path, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined()
    const payload = { accountName: 'root', password: 'wrong'.repeat(20) }
    const headers = { 'accept-encoding': 'gzip' }
    const refused = await app.inject({ method: 'POST', url: '/v1/sessions', headers, payload })
    expect(refused.headers['content-encoding']).toBeUndefined()
  })
})

test('the root leads to the reference', async () => {
  const { statusCode, headers } = await app.inject('/')
  expect([statusCode, headers.location]).toEqual([302, '/docs'])
})
