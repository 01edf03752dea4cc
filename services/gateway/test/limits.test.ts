import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { aDealer } from './dealers.ts'
import { startPlatform } from './platform.ts'
import { rawTo, requestText } from './raw.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root, someone } = await aCompany(http)
const clerk = await someone(['files.write@self'])

describe('F18: bodies', () => {
  const lead = (bytes: number) => JSON.stringify({ title: 'x'.repeat(bytes - JSON.stringify({ title: '' }).length) })
  const post = (body: string) => http.call('POST', '/v1/leads', { token: root, key: newId(), body })

  test('up to 1 MiB are read, larger ones are 413', async () => {
    expect(await post(lead(1_048_576))).toMatchObject({ status: 400, json: { code: 'invalid_request' } })
    expect(await post(lead(1_048_577))).toMatchObject({ status: 413, json: { code: 'body_too_large' } })
  })

  test('larger ones are 413 also when they do not say how large they are', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const authorization = `Bearer ${root}`
    const headers = { authorization, 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const { status, json } = await rawTo(http.address).exchange(requestText('POST /v1/leads', headers), (socket) => {
      for (let sent = 0; sent < 17 && socket.writable; sent += 1) socket.write(chunk)
      socket.end('0\r\n\r\n')
    })
    expect([status, json.code]).toEqual([413, 'body_too_large'])
  })

  test.each([
    ['/v1/sessions', 'application/json'],
    ['/oauth/token', 'application/x-www-form-urlencoded'],
  ])('of %s, which needs no token, have 16 KiB at most', async (path, type) => {
    const send = (length: number) =>
      fetch(new URL(path, http.address), {
        method: 'POST',
        headers: { 'content-type': type },
        body: ' '.repeat(length),
      })
    expect((await send(16_384)).status).toBe(400)
    expect((await send(16_385)).status).toBe(413)
  })

  test.each([
    ['no token', undefined, 'token_required'],
    ['a token that is none', 'x.y.z', 'token_invalid'],
  ])('are not waited for from somebody with %s where one is needed', async (_, token, code) => {
    const headers = { 'content-type': 'application/json', 'content-length': 1_000_000 }
    const authorized = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` }
    const { status, json } = await rawTo(http.address).exchange(requestText('POST /v1/leads', authorized, '{'))
    expect([status, json.code]).toEqual([401, code])
  })

  test('that do not have the length they say are refused', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': 5, connection: 'close' }
    const both = { ...headers, 'transfer-encoding': 'chunked' }
    expect(await rawTo(http.address).exchange(requestText('POST /v1/leads', both, '{}'))).toMatchObject({ status: 400 })
    const text = requestText('POST /v1/leads', { ...headers, 'content-length': 'x' }, '{}')
    expect(await rawTo(http.address).exchange(text)).toMatchObject({ status: 400, json: { code: 'malformed_request' } })
  })
})

describe('F18: headers', () => {
  test('of more than 16 KiB are 431', async () => {
    const { status, json } = await rawTo(http.address).exchange(requestText('GET /livez', { x: 'x'.repeat(20_000) }))
    expect([status, json]).toMatchObject([431, { code: 'headers_too_large', title: '请求有误' }])
  })

  test.each([
    ['accept-language', 1_024],
    ['if-match', 512],
    ['x-anything', 2_048],
    ['authorization', 12_288],
  ])('%s of more than %i characters is 431', async (name, most) => {
    const ask = (length: number) => http.call('GET', '/openapi.json', { headers: { [name]: 'x'.repeat(length) } })
    expect(await ask(most)).toMatchObject({ status: 200 })
    expect(await ask(most + 1)).toMatchObject({ status: 431, json: { code: 'headers_too_large' } })
  })

  test('that were made to keep a parser busy keep nobody waiting', async () => {
    const attack = () => http.call('GET', '/v1/me', { headers: { 'accept-language': `en${' '.repeat(15_500)};x` } })
    await http.get('/livez')
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 50 }, attack))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([431]))
    // 150 ms each, one after the other, when a regular expression with two ways through blanks read it.
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test.each([
    'GET /livez\r\nno version',
    'BREW / HTTP/1.1',
    'GET /livez HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n',
    '\0\0\0\0',
  ])('that are no HTTP are 400: %j', async (text) => {
    expect(await rawTo(http.address).exchange(`${text}\r\n\r\n`)).toMatchObject({
      status: 400,
      json: { code: 'malformed_request' },
    })
  })
})

describe('F19: slow senders', async () => {
  const times = { headers: 200, body: 200, upload: 400, between: 20 }
  const { http: strict } = await platform.open({ times })
  const { exchange, open } = rawTo(strict.address)
  const json = { 'content-type': 'application/json', 'content-length': 1000, 'accept-language': 'en' }

  test('of headers are cut with 408', async () => {
    const { status, json: problem } = await exchange('GET /livez HTTP/1.1\r\nHost: edge\r\nX-A: ')
    expect([status, problem.code]).toEqual([408, 'request_timeout'])
  })

  test('of a body are cut with 408 in their language, and nothing was done', async () => {
    const slow = { ...json, authorization: `Bearer ${root}`, 'idempotency-key': newId(), 'x-request-id': 'slow-1' }
    const { status, json: problem } = await exchange(requestText('POST /v1/leads', slow, '{"title":'), (socket) => {
      const drip = setInterval(() => socket.write(' '), 20)
      socket.once('close', () => clearInterval(drip))
    })
    expect([status, problem]).toMatchObject([408, { code: 'request_timeout', title: 'Bad request', traceId: 'slow-1' }])
    expect((await strict.get('/v1/leads', root)).json.leads).toEqual([])
  })

  test('of an upload have longer, and are cut too', async () => {
    const head = { ...json, 'content-type': 'multipart/form-data; boundary=b', authorization: `Bearer ${clerk.token}` }
    expect(await exchange(requestText('POST /v1/files', head, '--b\r\n'))).toMatchObject({ status: 408 })
  })

  test('many of them keep nobody else waiting, and all of them are cut', async () => {
    const sockets = Array.from({ length: 300 }, open)
    const closed = sockets.map(
      (socket) =>
        new Promise((done) =>
          socket
            .once('error', () => {})
            .once('close', done)
            .resume(),
        ),
    )
    for (const socket of sockets) socket.write('GET /livez HTTP/1.1\r\nHost: edge\r\nX-A: ')
    expect(await strict.get('/livez')).toMatchObject({ status: 200 })
    await Promise.all(closed)
    expect(await strict.get('/livez')).toMatchObject({ status: 200 })
  })
})

describe('requests a minute', async () => {
  const { http: narrow } = await platform.open({ perMinute: 60 })
  const dealer = await aDealer(http, { root }, '甲')

  test('of a partner: the burst, then 429 with when to come back, then as many as came back', async () => {
    const ask = () => narrow.get('/v1/orders', dealer.token)
    for (let left = 5; left >= 0; left -= 1) {
      const { status, headers } = await ask()
      expect([status, headers.get('ratelimit')]).toEqual([200, `"partner";r=${left};t=${6 - left}`])
    }
    const refused = await ask()
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited', title: '请求过多' } })
    const { headers } = refused
    expect(['retry-after', 'ratelimit', 'ratelimit-policy'].map((name) => headers.get(name))).toEqual([
      '1',
      '"partner";r=0;t=1',
      '"partner";q=60;w=60',
    ])
    platform.pass(1)
    expect(await ask()).toMatchObject({ status: 200 })
    expect(await ask()).toMatchObject({ status: 429 })
  })

  test('are counted apart for staff, and for strangers by their address, whatever token they make up', async () => {
    expect(await narrow.get('/v1/me', root)).toMatchObject({ status: 200 })
    const guesses = []
    for (let guess = 0; guess < 5; guess += 1) guesses.push((await narrow.get('/v1/me', `made-up-${guess}`)).status)
    expect(guesses).toEqual([401, 401, 401, 429, 429])
    expect(await narrow.get('/livez')).toMatchObject({ status: 200 })
  })

  test('a forwarded address counts only where the proxy in front is known, and is refused where it is not', async () => {
    const isProxy = (address: string): boolean => address === '127.0.0.1'
    const { http: behind } = await platform.open({ perMinute: 20, isProxy })
    let refusals = 0
    const unknownProxy = (): void => {
      refusals += 1
    }
    const { http: bare } = await platform.open({ perMinute: 20, unknownProxy })
    const { http: elsewhere } = await platform.open({ perMinute: 20, isProxy: () => false })
    const from = async (edge: typeof http, address: string) =>
      (await edge.call('GET', '/openapi.json', { headers: { 'x-forwarded-for': address } })).status
    expect([await from(behind, '10.0.0.1'), await from(behind, '10.0.0.1'), await from(behind, '10.0.0.2')]).toEqual([
      200, 429, 200,
    ])
    // One subscriber with IPv6 is one caller, whichever of its addresses it takes.
    expect([await from(behind, '2001:db8::1'), await from(behind, '2001:db8::ffff:2')]).toEqual([200, 429])
    expect([await from(bare, '10.0.0.1'), await from(elsewhere, '10.0.0.2')]).toEqual([400, 400])
    expect(refusals).toBe(1)
    for (const header of ['forwarded', 'x-real-ip']) {
      expect(await bare.call('GET', '/openapi.json', { headers: { [header]: '10.0.0.1' } })).toMatchObject({
        status: 400,
        json: { code: 'proxy_not_trusted' },
      })
    }
    expect(await bare.call('GET', '/livez', { headers: { 'x-forwarded-for': '10.0.0.1' } })).toMatchObject({
      status: 200,
    })
    expect(await from(bare, '10.0.0.1')).toBe(400)
    expect(await bare.get('/openapi.json')).toMatchObject({ status: 200 })
  })
})
