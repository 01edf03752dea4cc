import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { aDealer, someGoods } from './dealers.ts'
import type { Answer, Options } from './http.ts'
import { startPlatform } from './platform.ts'
import { rawTo, requestText } from './raw.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root } = await aCompany(http)
const { sku } = await someGoods(http, root)
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
/** The fields that were refused, each with its rule. */
const faultsOf = ({ json }: Answer): readonly string[] =>
  json.violations.map(({ field, rule }: { field: string; rule: string }) => `${field} ${rule}`)

describe('what the contract does not know', () => {
  test('is refused with every field by its path', async () => {
    const body = {
      customerId: dealer.customerId,
      colour: 'red',
      lines: [{ sku, quantity: 2, note: 'x' }],
      paymentTerms: 'LATER',
    }
    const refused = await order({ body })
    expect(refused).toMatchObject({ status: 400, json: { code: 'malformed_request' } })
    expect(faultsOf(refused)).toEqual([
      'colour unknown_field',
      'lines[0].quantity text',
      'lines[0].note unknown_field',
      'paymentTerms enum',
    ])
  })

  test('what breaks a rule of the contract is named in the same way', async () => {
    const refused = await order({ body: { customerId: 'x', lines: [{ sku, quantity: '-1' }] } })
    expect(refused).toMatchObject({ status: 400, json: { code: 'invalid_request' } })
    expect(faultsOf(refused)).toEqual(['customerId string.uuid', 'lines[0].quantity string.pattern'])
  })

  test.each([
    ['/v1/orders?colour=red', 'colour unknown_parameter'],
    ['/v1/orders?page_size=1', 'page_size unknown_parameter'],
    ['/v1/orders?pageSize=ten', 'pageSize integer'],
    ['/v1/orders?pageSize=201', 'pageSize int32.gte_lte'],
    ['/v1/orders?status=released', 'status enum'],
    ['/v1/orders?status=DRAFT&status=RELEASED', 'status once'],
    ['/v1/orders?status[$ne]=DRAFT', 'status[$ne] unknown_parameter'],
    ['/v1/orders/1', 'orderId string.uuid'],
    ['/v1/me?x=1', 'x unknown_parameter'],
  ])('%s', async (path, fault) => {
    const refused = await http.get(path, root)
    expect(refused.status).toBe(400)
    expect(faultsOf(refused)).toEqual([fault])
  })

  test.each([
    ['half an object', '{"customerId": "', 'malformed_json'],
    ['no JSON', 'customerId=1', 'malformed_json'],
    ['bytes that are no UTF-8', Uint8Array.from([0x22, 0xff, 0xfe, 0x22]), 'malformed_json'],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 0x08, 0, 0]), 'malformed_json'],
    ['a list', '[]', 'malformed_request'],
    ['null', 'null', 'malformed_request'],
    ['__proto__', '{"__proto__":{"x":1}}', 'malformed_request'],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}', 'malformed_request'],
    ['half a surrogate pair', String.raw`{"note":"\ud800"}`, 'malformed_request'],
    ['NUL', String.raw`{"note":"a\u0000b"}`, 'malformed_request'],
    ['100,000 lists in each other', '['.repeat(100_000) + ']'.repeat(100_000), 'malformed_request'],
    ['the same in a field', `{"note":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'malformed_request'],
    ['objects in each other', `${'{"lines":'.repeat(50_000)}1${'}'.repeat(50_000)}`, 'malformed_request'],
    ['100,000 lines', JSON.stringify({ lines: Array.from({ length: 100_000 }, () => ({})) }), 'malformed_request'],
  ])('%s is 400 and no fault of ours', async (_, body, code) => {
    expect(await order({ body })).toMatchObject({ status: 400, json: { code } })
  })

  test('of a field that is sent twice the last one counts, as JSON.parse has it', async () => {
    const body = `{"customerId":"x","lines":[{"sku":"${sku}","quantity":"1"}],"customerId":"${dealer.customerId}"}`
    expect(await order({ body })).toMatchObject({ status: 201, json: { customerId: dealer.customerId } })
  })
})

describe('paths', () => {
  test('two ways to write one path are one path', async () => {
    const { json } = await order()
    const id: string = json.orderId
    const encoded = `%${id.codePointAt(0)!.toString(16)}${id.slice(1)}`
    for (const path of [`/v1/orders/${encoded}`, `/v1/%6frders/${id}`]) {
      expect(await http.get(path, dealer.token)).toMatchObject({ status: 200, json: { orderId: id } })
      expect(await http.get(path)).toMatchObject({ status: 401 })
    }
    expect((await call('PUT', '/v1/%6frders')).status).toBe(405)
  })

  test.each([
    ['/v1/orders/%2e%2e', 400],
    ['/v1/orders/..%2f..%2fv1%2fme', 400],
    ['/v1/stock-items/%2e%2e', 404],
    ['/v1/stock-items/a%2Fb', 404],
    ['/v1/stock-items/%00', 400],
    ['/v1/stock-items/%ed%a0%80', 400],
    ['/v1/stock-items/%zz', 400],
    [`/v1/stock-items/${'x'.repeat(400)}`, 400],
    [`/v1/stock-items/${'x'.repeat(2000)}`, 404],
    [`/v1/orders/${'x'.repeat(499)}`, 400],
    ['/v1/orders/', 400],
    ['/v1/../v1/me', 404],
    ['/v1/%2e%2e/v1/me', 404],
    ['*', 404],
    ['http://elsewhere.example/v1/nothing', 404],
    ['/v1//orders', 404],
    ['/V1/orders', 404],
    ['/v1/orders;x=1', 404],
  ])('%s is %i', async (path, status) => {
    const text = requestText(`GET ${path}`, { authorization: `Bearer ${root}`, connection: 'close' })
    const { head, ...answer } = await rawTo(http.address).exchange(text)
    expect(answer).toMatchObject({ status, json: { status } })
    expect(head).toContain(`x-request-id: ${answer.json.traceId}`)
  })

  test('HEAD is GET without its body, OPTIONS says what a path takes, and no other site is let in', async () => {
    const { json } = await order()
    const head = await call('HEAD', `/v1/orders/${json.orderId}`)
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await call('HEAD', `/v1/orders/${newId()}`)).status).toBe(404)
    const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' }
    const options = await call('OPTIONS', '/v1/orders', { token: undefined, headers: preflight })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST'])
    expect((await call('OPTIONS', '/v1/nothing')).status).toBe(404)
    const read = await call('GET', '/v1/me', { headers: { origin: 'https://elsewhere.example' } })
    const allowed = [options, read].flatMap(({ headers }) =>
      [...headers.keys()].filter((name) => name.startsWith('access-control')),
    )
    expect(allowed).toEqual([])
  })
})

describe('every answer', () => {
  test('carries the id of its request, the caller’s where it is fit for a log, and the trace', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
    const { headers } = await call('GET', '/v1/me', { headers: { 'x-request-id': 'order-7:1', traceparent } })
    expect([headers.get('x-request-id'), headers.get('traceparent')]).toEqual(['order-7:1', traceparent])
    const odd = await call('GET', '/v1/me', { headers: { 'x-request-id': 'a b', traceparent: 'x' } })
    expect(odd.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}\.\w+$/)
    expect(odd.headers.has('traceparent')).toBe(false)
  })

  test('is kept by nobody, says how many requests are left, and nothing of what it is made with', async () => {
    for (const path of ['/v1/me', '/v1/nothing', `/v1/orders/${newId()}`]) {
      const { headers } = await call('GET', path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
    }
    const { headers } = await call('GET', '/v1/me')
    expect(headers.get('ratelimit-policy')).toBe('"staff";q=2000000;w=60')
    expect(headers.get('ratelimit')).toMatch(/^"staff";r=\d+;t=\d+$/)
  })
})

describe('probes', () => {
  test('say that it lives, and that it is ready only when what is behind it is', async () => {
    let ready = false
    const { http: starting } = await platform.open({ ready: async () => ready })
    expect(await starting.get('/livez')).toMatchObject({ status: 200, json: { status: 'ok' } })
    const unready = await starting.get('/readyz')
    expect(unready).toMatchObject({ status: 503, json: { status: 'starting' } })
    expect(unready.headers.get('retry-after')).toBe('1')
    ready = true
    expect(await starting.get('/readyz')).toMatchObject({ status: 200 })
    expect((await starting.get('/metrics')).status).toBe(404)
  })

  test('a service that is not there is 503, and when to come back', async () => {
    const away = await http.get('/v1/attainments?period=2026', root)
    expect(away).toMatchObject({ status: 503, json: { code: 'service_unavailable' } })
    expect(away.headers.get('retry-after')).toBe('1')
  })
})
