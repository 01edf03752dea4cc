import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { aDealer, someGoods } from './dealers.ts'
import type { Options } from './http.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root, someone } = await aCompany(http)
const { sku, productId } = await someGoods(http, root)
const dealer = await aDealer(http, { root }, '甲')

const call = (method: string, path: string, options: Options = {}) =>
  http.call(method, path, { token: root, ...options })
const lines = [{ sku, quantity: '2' }]
const order = (options: Options = {}) =>
  call('POST', '/v1/orders', {
    token: dealer.token,
    key: newId(),
    body: { customerId: dealer.customerId, lines },
    ...options,
  })
const newLead = (title: string) => http.post('/v1/leads', root, { title })

describe('creating', () => {
  test('answers 201, where it can be read, and the event that tells of it', async () => {
    const made = await order()
    expect(made).toMatchObject({
      status: 201,
      json: { status: 'AWAITING_FUNDS', net: { currencyCode: 'CNY', amount: '200.00' } },
    })
    expect(made.headers.get('location')).toBe(`/v1/orders/${made.json.orderId}`)
    expect(made.headers.get('saleswright-event')).toMatch(/^[\da-f-]{36}$/)
    const read = await http.get(made.headers.get('location')!, dealer.token)
    expect(read.json).toEqual(made.json)
    expect(read.headers.has('saleswright-event')).toBe(false)
  })

  test('a verb of the trade answers 200 with the resource as it is afterwards', async () => {
    const { json } = await order()
    const path = `/v1/orders/${json.orderId}/cancel`
    const cancelled = await call('POST', path, { token: dealer.token, body: { reason: '下错了' } })
    expect(cancelled).toMatchObject({ status: 200, json: { orderId: json.orderId, status: 'CANCELLED' } })
    expect(cancelled.headers.has('location')).toBe(false)
  })
})

describe('PATCH', () => {
  const patch = (body: unknown, headers: Options['headers'] = {}) =>
    call('PATCH', `/v1/products/${productId}`, { body, headers })

  test('changes only what was sent', async () => {
    const before = (await http.get(`/v1/products/${productId}`, root)).json
    const { status, json } = await patch({ series: 'S' })
    expect([status, json]).toEqual([200, { ...before, series: 'S', etag: json.etag }])
    expect(json.etag).not.toBe(before.etag)
  })

  test('is refused on the sight of an older state, said by an etag or by If-Match', async () => {
    const { json } = await patch({ series: 'T' })
    expect(await patch({ series: 'U', etag: json.etag })).toMatchObject({ status: 200 })
    expect(await patch({ series: 'V', etag: json.etag })).toMatchObject({
      status: 412,
      json: { code: 'etag_mismatch' },
    })
    expect(await patch({ series: 'V' }, { 'if-match': `"${json.etag}"` })).toMatchObject({ status: 412 })
    const now = (await http.get(`/v1/products/${productId}`, root)).json.etag
    expect(await patch({ series: 'W' }, { 'if-match': `"${now}"` })).toMatchObject({ status: 200 })
    expect(await patch({ series: 'X' }, { 'if-match': '*' })).toMatchObject({ status: 200, json: { series: 'X' } })
  })
})

describe('an Idempotency-Key', () => {
  test('has to be there where something is made, and to be visible ASCII', async () => {
    expect(await order({ key: undefined })).toMatchObject({ status: 400, json: { code: 'idempotency_key_required' } })
    const badKeys = ['a b', 'x'.repeat(256)]
    for (const key of badKeys)
      expect(await order({ key })).toMatchObject({ status: 400, json: { code: 'idempotency_key_invalid' } })
  })

  test('replays the first answer for the same body, and refuses another', async () => {
    const key = newId()
    const first = await order({ key })
    const again = await order({ key })
    expect(again).toMatchObject({ status: 201, json: first.json })
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    const other = { customerId: dealer.customerId, lines: [{ sku, quantity: '3' }] }
    expect(await order({ key, body: other })).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } })
  })

  test('of one caller says nothing to another', async () => {
    const key = newId()
    await order({ key })
    const second = await aDealer(http, { root }, `乙 ${key}`)
    const mine = await order({ key, token: second.token, body: { customerId: second.customerId, lines } })
    expect(mine).toMatchObject({ status: 201, json: { customerId: second.customerId } })
    expect(mine.headers.has('idempotency-replayed')).toBe(false)
  })

  test('may be used again after a refusal', async () => {
    const key = newId()
    const late = `SKU-${key}`
    const ask = () => order({ key, body: { customerId: dealer.customerId, lines: [{ sku: late, quantity: '1' }] } })
    expect(await ask()).toMatchObject({ status: 400, json: { code: 'unknown_sku' } })
    await http.post('/v1/products', root, { sku: late, name: '新', uom: '件', taxRate: '0', stocked: false })
    const entries = [late].map((one) => ({ sku: one, unitPrice: { currencyCode: 'CNY', amount: '100.00' } }))
    const list = {
      name: 'new',
      kind: 'WHOLESALE',
      currencyCode: 'CNY',
      validFrom: '2026-01-02',
      reason: 'new',
      reasonCode: 'INTRODUCTION',
      entries,
    }
    await http.post('/v1/price-lists', root, list)
    expect(await ask()).toMatchObject({ status: 201 })
  })

  test('is honoured on a verb', async () => {
    const { json } = await order()
    const cancel = () =>
      call('POST', `/v1/orders/${json.orderId}/cancel`, { token: dealer.token, key: 'once', body: { reason: 'x' } })
    const [first, again] = [await cancel(), await cancel()]
    expect(again.json).toEqual(first.json)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  })
})

describe('a problem', () => {
  test('is RFC 9457, in Chinese unless the caller likes English better', async () => {
    const path = `/v1/orders/${newId()}`
    const missing = await call('GET', path, { headers: { 'x-request-id': 'mine-1' } })
    expect(missing.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(missing.json).toEqual({
      type: '/docs/problems#order_not_found',
      title: '未找到',
      status: 404,
      code: 'order_not_found',
      detail: '没有找到这个订单，或者您无权查看它。',
      instance: path,
      traceId: 'mine-1',
    })
    const english = await call('GET', path, { headers: { 'accept-language': 'de, en;q=0.8, zh;q=0.5' } })
    expect(english.json).toMatchObject({
      title: 'Not found',
      detail: 'This order was not found, or you may not see it.',
    })
  })

  test('says the faults of fields in the same language', async () => {
    const ask = (language: string) =>
      order({ body: { paymentTerms: 'LATER', x: 1 }, headers: { 'accept-language': language } })
    expect((await ask('zh-CN')).json.violations).toMatchObject([
      { message: '必须是下列值之一：PREPAY, CREDIT' },
      { message: '此请求没有这个字段' },
    ])
    expect((await ask('en')).json.violations).toMatchObject([
      { message: 'must be one of PREPAY, CREDIT' },
      { message: 'is not a field of this request' },
    ])
  })

  test('its type leads to a sentence', async () => {
    const { text } = await http.get('/docs/problems')
    for (const code of ['order_not_found', 'idempotency_key_reused', 'request_timeout'])
      expect(text).toContain(`id="${code}"`)
  })

  test('what is not yours is 404, what you may not do is 403, and without a token it is 401', async () => {
    const { json } = await order()
    const path = `/v1/orders/${json.orderId}`
    const other = await aDealer(http, { root }, '丙')
    const clerk = await someone(['leads.read@self'])
    expect(await http.get(path, other.token)).toMatchObject({ status: 404, json: { code: 'order_not_found' } })
    expect(await http.get(path, clerk.token)).toMatchObject({ status: 403, json: { code: 'permission_missing' } })
    expect(await http.get('/v1/leads', other.token)).toMatchObject({ status: 403, json: { code: 'not_for_partners' } })
    const stranger = await http.get(path)
    expect(stranger).toMatchObject({ status: 401, json: { code: 'token_required' } })
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('an unknown path is 404, a known one with another method 405 with what it takes', async () => {
    expect(await http.get('/v1/nothing', root)).toMatchObject({ status: 404, json: { code: 'route_not_found' } })
    const wrong = await call('DELETE', `/v1/orders/${newId()}`)
    expect(wrong).toMatchObject({ status: 405, json: { code: 'method_not_allowed' } })
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect((await call('PUT', '/v1/orders')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  test('other bodies than JSON are 415, also those that other routes take', async () => {
    const types = [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ]
    for (const type of types)
      expect(await order({ body: 'x', headers: { 'content-type': type } })).toMatchObject({
        status: 415,
        json: { code: 'unsupported_media_type' },
      })
  })
})

describe('lists', async () => {
  for (const title of ['一', '二', '三', '四', '五']) await newLead(title)

  test('come in pages that go on where the last one ended', async () => {
    const first = await http.get('/v1/leads?pageSize=2', root)
    expect(first.json.leads).toHaveLength(2)
    await newLead('later')
    const seen: string[] = first.json.leads.map(({ title }: { title: string }) => title)
    for (let token: string = first.json.nextPageToken; token; ) {
      const { json } = await http.get(`/v1/leads?pageSize=2&pageToken=${encodeURIComponent(token)}`, root)
      seen.push(...json.leads.map(({ title }: { title: string }) => title))
      token = json.nextPageToken
    }
    expect(seen.filter((title) => title !== 'later').toSorted()).toEqual(['一', '二', '三', '四', '五'].toSorted())
  })

  test('count themselves when asked to, and are whole when nothing is there', async () => {
    const { json } = await http.get('/v1/leads?withTotal=true&pageSize=1', root)
    expect(json.totalSize).toBeGreaterThanOrEqual(5)
    expect((await http.get('/v1/leads?status=CONVERTED', root)).json).toEqual({ leads: [], nextPageToken: '' })
  })

  test('a token of another filter, or of nobody, is refused', async () => {
    const { json } = await http.get('/v1/leads?pageSize=1', root)
    const tokens = [json.nextPageToken, 'nonsense', '%7B%7D']
    for (const token of tokens) {
      const path = `/v1/leads?pageSize=1&status=NEW&pageToken=${token}`
      expect(await http.get(path, root)).toMatchObject({ status: 400 })
    }
    expect(await http.get('/v1/leads?orderBy=$where', root)).toMatchObject({
      status: 400,
      json: { code: 'bad_order_by' },
    })
  })
})
