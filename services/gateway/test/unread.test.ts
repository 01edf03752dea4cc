import { afterAll, describe, expect, test } from 'vitest'
import { loneEdge } from './lone-edge.ts'
import { rawTo, requestText } from './raw.ts'

const times = { headers: 200, body: 200, upload: 60_000, between: 20 }
const listening = async (options: Parameters<typeof loneEdge>[0]) => {
  const app = await loneEdge(options)
  afterAll(() => app.close())
  return rawTo(await app.listen({ host: '127.0.0.1', port: 0 }))
}
const { exchange } = await listening({ times })
const json = { 'content-type': 'application/json', 'content-length': 1000 }
const answersIn = (head: string) => head.match(/HTTP\/1\.1 \d+/g)

describe('a body that nobody will read', () => {
  test.each([
    ['POST /v1/nothing', 404, 'route_not_found'],
    ['PUT /v1/orders', 405, 'method_not_allowed'],
    ['QUERY /v1/orders', 405, 'method_not_allowed'],
    ['PATCH /livez', 405, 'method_not_allowed'],
  ])('%s is %i before it has come, and cut when it does not', async (line, status, code) => {
    const answer = await exchange(requestText(line, json, '{'))
    expect([answer.status, answer.json.code]).toEqual([status, code])
  })

  test.each(['application/json', 'text/plain'])('does not hide that there is no such path: %s', async (type) => {
    const head = { 'content-type': type, 'content-length': 2_000_000, connection: 'close' }
    expect(await exchange(requestText('POST /v1/nothing', head, 'x'))).toMatchObject({ status: 404 })
  })

  test.each(['/livez', '/openapi.json'])('of %s is cut without a second answer', async (path) => {
    const text = requestText(`GET ${path}`, json, '{')
    const all: string[] = []
    const { status } = await exchange(text, (socket) => socket.on('data', (bytes) => all.push(String(bytes))))
    expect([status, answersIn(all.join(''))]).toEqual([200, ['HTTP/1.1 200']])
  })
})

test('whoever asks and does not read the answers is cut', async () => {
  const app = await loneEdge({ times: { ...times, stalled: 300 } })
  afterAll(() => app.close())
  const socket = rawTo(await app.listen({ host: '127.0.0.1', port: 0 })).open()
  const connections = () => new Promise((resolve) => app.server.getConnections((_, count) => resolve(count)))
  socket.on('error', () => {}).pause()
  socket.write(requestText('GET /docs/swagger-ui-bundle.js').repeat(40))
  await expect.poll(connections).toBe(1)
  await expect.poll(connections, { timeout: 20_000 }).toBe(0)
  socket.destroy()
})

describe('a body in another form than it says', async () => {
  const app = await loneEdge()
  afterAll(() => app.close())
  const post = (headers: Record<string, string>, payload = '{}') =>
    app.inject({
      method: 'POST',
      url: '/v1/leads',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    })

  test.each(['gzip', 'br', 'identity, gzip'])('is not read as if it were plain: %s', async (coding) => {
    const answer = await post({ 'content-encoding': coding })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'content_encoding_unsupported'])
    expect(answer.headers['accept-encoding']).toBe('identity')
  })

  test.each(['gbk', 'utf-16', '"ISO-8859-1"'])('is not read as if it were UTF-8: %s', async (charset) => {
    const answer = await post({ 'content-type': `application/json; charset=${charset}` })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'charset_unsupported'])
  })

  test.each(['utf-8', 'UTF8', '"utf-8"'])('goes on where it is UTF-8: %s', async (charset) => {
    const answer = await post({
      'content-type': `application/json; charset=${charset}`,
      'content-encoding': 'identity',
    })
    // The next thing that is looked at.
    expect(answer.json().code).toBe('token_required')
  })

  test('matters only where there is one', async () => {
    const headers = { 'content-type': 'application/json; charset=gbk', 'content-encoding': 'gzip' }
    expect((await app.inject({ url: '/openapi.json', headers })).statusCode).toBe(200)
  })
})

test('what the parser refuses has the headers of every answer', async () => {
  const { status, head } = await exchange('GET /livez\r\nno version\r\n\r\n')
  expect([status, head]).toEqual([400, expect.stringContaining('x-content-type-options: nosniff')])
})

test('addresses that are tried out count like any other request', async () => {
  const app = await loneEdge({ perMinute: 20 })
  afterAll(() => app.close())
  const first = await app.inject('/v1/nothing')
  expect([first.statusCode, first.headers['ratelimit-policy']]).toEqual([404, '"anonymous";q=2;w=60'])
  const second = await app.inject('/v1/nothing-else')
  expect([second.statusCode, Number(second.headers['retry-after'])]).toEqual([429, 30])
})
