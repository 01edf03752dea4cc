import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { describe, expect, test } from 'vitest'
import { partnerClient, SaleswrightError } from './index.ts'

type Sent = {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: string | undefined
}
type Reply = (sent: Sent) => Response | Promise<Response>

const json = (body: object, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const problem = (status: number, code: string, headers: Readonly<Record<string, string>> = {}) =>
  json({ status, code, detail: `${code}!` }, status, {
    'content-type': 'application/problem+json',
    'x-request-id': 'r-1',
    ...headers,
  })
const noAnswer = (): never => {
  throw new TypeError('fetch failed')
}

/** A platform that gives these answers one after the other; tokens beside them, each another one. */
const platform = (...replies: readonly Reply[]) => {
  const sent: Sent[] = []
  const waits: number[] = []
  let tokens = 0
  let now = 0
  const world = {
    fetch: async (input: unknown, init: RequestInit = {}) => {
      const { pathname, search } = new URL(String(input))
      if (pathname === '/oauth/token') {
        tokens += 1
        return json({ access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: 300, scope: '' })
      }
      const request = {
        method: init.method ?? 'GET',
        path: pathname + search,
        headers: new Headers(init.headers),
        body: init.body as string,
      }
      sent.push(request)
      const reply = replies[sent.length - 1]
      if (!reply) throw new Error(`nothing was expected but ${request.path}`)
      return reply(request)
    },
    now: () => now,
    random: () => 0,
    wait: async (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      waits.push(milliseconds)
    },
  }
  const options = { baseUrl: 'https://sales.example.com/', clientId: 'shop', clientSecret: 's', world }
  const pass = (milliseconds: number): void => {
    now += milliseconds
  }
  return { client: partnerClient(options), sent, waits, pass, tokens: () => tokens, options }
}

const line = { sku: 'SW-100', quantity: '2' }

describe('a call', () => {
  test('is what its contract describes', async () => {
    const { client, sent } = platform(() => json({ orderId: '7', status: 'RELEASED', newField: 1 }, 201))
    const order = await client.orders.createOrder({ customerId: 'c', lines: [line] }, { idempotencyKey: 'k' })
    expect([order.orderId, order.status]).toEqual(['7', Order_Status.RELEASED])
    const [{ method, path, body, headers } = { headers: new Headers() }] = sent
    expect([method, path, JSON.parse(String(body))]).toEqual(['POST', '/v1/orders', { customerId: 'c', lines: [line] }])
    expect([headers.get('authorization'), headers.get('idempotency-key')]).toEqual(['Bearer token-1', 'k'])
  })

  test('has its id in the path and not in the body', async () => {
    const { client, sent } = platform(() => json({}))
    await client.orders.cancelOrder({ orderId: 'a/b', reason: 'x' })
    expect(sent).toMatchObject([{ path: '/v1/orders/a%2Fb/cancel', body: '{"reason":"x"}' }])
    await expect(client.orders.getOrder({})).rejects.toThrow('GetOrder needs orderId')
  })

  test('says what stood beside the answer', async () => {
    const headers = { 'x-request-id': 'r', 'idempotency-replayed': 'true', 'saleswright-event': 'e' }
    const { client } = platform(() => json({}, 200, headers))
    const facts: unknown[] = []
    await client.orders.cancelOrder({ orderId: '7', reason: 'x' }, { onAnswer: (one) => facts.push(one) })
    expect(facts).toEqual([{ requestId: 'r', replayed: true, eventId: 'e' }])
  })
})

describe('a failure', () => {
  test('of the platform is an error with its code', async () => {
    const { client } = platform(() => problem(409, 'stock_short'))
    const failed = client.orders.getOrder({ orderId: '7' })
    await expect(failed).rejects.toBeInstanceOf(SaleswrightError)
    await expect(failed).rejects.toMatchObject({
      status: 409,
      code: 'stock_short',
      requestId: 'r-1',
      message: 'stock_short: stock_short!',
    })
  })

  test('of what stands in front of it is an error too', async () => {
    const { client } = platform(() => new Response('<html>', { status: 418 }))
    await expect(client.orders.getOrder({ orderId: '7' })).rejects.toMatchObject({ status: 418, code: 'http_418' })
  })

  test('that passes is tried again under the same key', async () => {
    const { client, sent, waits } = platform(
      noAnswer,
      () => problem(503, 'store_busy', { 'retry-after': '2' }),
      () => problem(429, 'rate_limited', { 'retry-after': '1' }),
      () => json({ orderId: '7' }, 201),
    )
    expect(await client.orders.createOrder({ customerId: 'c', lines: [line] })).toMatchObject({ orderId: '7' })
    const keys = sent.map(({ headers }) => headers.get('idempotency-key'))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/)
    expect(waits).toEqual([0, 2000, 1000])
  })

  test('that does not pass is told after the last attempt', async () => {
    const { client, sent } = platform(...Array.from({ length: 6 }, () => noAnswer))
    await expect(client.orders.getOrder({ orderId: '7' })).rejects.toMatchObject({ status: 0, code: 'network_error' })
    expect(sent).toHaveLength(6)
  })

  test('in the middle of an answer is one of the network', async () => {
    const broken = () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('cut')) }))
    const { client, sent } = platform(broken, () => json({ orderId: '7' }))
    expect(await client.orders.getOrder({ orderId: '7' })).toMatchObject({ orderId: '7' })
    expect(sent).toHaveLength(2)
  })
})

describe('a token', () => {
  test('is asked for once, and again before it ends', async () => {
    const { client, pass, tokens } = platform(...Array.from({ length: 5 }, () => () => json({})))
    const get = () => client.orders.getOrder({ orderId: '7' })
    await Promise.all([get(), get(), get()])
    pass(269_000)
    await get()
    expect(tokens()).toBe(1)
    pass(2_000)
    await get()
    expect(tokens()).toBe(2)
  })

  test('that is refused is replaced once', async () => {
    const { client, sent } = platform(
      () => problem(401, 'session_revoked'),
      () => json({}),
      () => problem(401, 'token_invalid'),
      () => problem(401, 'token_invalid'),
    )
    await client.orders.getOrder({ orderId: '7' })
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2'])
    await expect(client.orders.getOrder({ orderId: '7' })).rejects.toMatchObject({ status: 401 })
    expect(sent).toHaveLength(4)
  })

  test('that is not given is an error', async () => {
    const { options } = platform()
    const world = { ...options.world, fetch: async () => json({ error: 'invalid_client' }, 401) }
    const client = partnerClient({ ...options, world })
    await expect(client.orders.getOrder({ orderId: '7' })).rejects.toMatchObject({
      status: 401,
      code: 'invalid_client',
    })
  })
})

describe('a list', () => {
  const pages: readonly Reply[] = [
    () => json({ orders: [{ orderId: '1' }, { orderId: '2' }], nextPageToken: 'n&' }),
    () => json({ orders: [{ orderId: '3' }], nextPageToken: '' }),
  ]

  test('is iterated over all its pages', async () => {
    const { client, sent } = platform(...pages)
    const found = []
    for await (const { orderId } of client.orders.listOrders({ status: Order_Status.RELEASED, pageSize: 2 }))
      found.push(orderId)
    expect(found).toEqual(['1', '2', '3'])
    expect(sent.map(({ path }) => path)).toEqual([
      '/v1/orders?pageSize=2&status=RELEASED',
      '/v1/orders?pageSize=2&pageToken=n%26&status=RELEASED',
    ])
  })

  test('comes page by page, and no further than it is wanted', async () => {
    const { client, sent } = platform(...pages)
    for await (const { orders } of client.orders.listOrders().pages()) {
      expect(orders).toHaveLength(2)
      break
    }
    expect(sent).toHaveLength(1)
  })
})

describe('a caller who gives up', () => {
  const reason = new Error('enough')

  test('before it began sends nothing', async () => {
    const { client, sent } = platform()
    await expect(client.orders.getOrder({ orderId: '7' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(sent).toHaveLength(0)
  })

  test('while it waits sends no more', async () => {
    const given = new AbortController()
    const { client, sent } = platform(() => {
      given.abort(reason)
      return problem(503, 'store_busy')
    })
    await expect(client.orders.getOrder({ orderId: '7' }, { signal: given.signal })).rejects.toBe(reason)
    expect(sent).toHaveLength(1)
  })

  test('hears the reason and no failure of the network', async () => {
    const given = new AbortController()
    const { client } = platform(() => {
      given.abort(reason)
      return noAnswer()
    })
    await expect(client.orders.getOrder({ orderId: '7' }, { signal: given.signal })).rejects.toBe(reason)
  })
})

test('without a world of its own it waits by the clock and stops waiting when told', async () => {
  const given = new AbortController()
  const { options } = platform()
  const { fetch } = {
    fetch: async (input: unknown) => (String(input).endsWith('/token') ? options.world.fetch(input) : noAnswer()),
  }
  const client = partnerClient({
    ...options,
    world: { fetch, random: () => 1 },
    retries: { firstWaitMs: 60_000, longestWaitMs: 60_000 },
  })
  const asked = client.orders.getOrder({ orderId: '7' }, { signal: given.signal })
  setTimeout(() => given.abort(new Error('enough')), 10)
  await expect(asked).rejects.toThrow('enough')
})
