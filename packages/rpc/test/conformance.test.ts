import { createHash } from 'node:crypto'
import { create, toBinary } from '@bufbuild/protobuf'
import { AppError, type ErrorKind } from '@saleswright/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { STATUS, scopeOf } from '../src/index.ts'
import { ProbeService } from './probe.ts'
import { newKey, stage, tokenFor } from './stage.ts'

const KINDS = Object.keys(STATUS) as ErrorKind[]
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const TRACE = `00-${TRACE_ID}-b7ad6b7169203331-01`

// One promise, two ways to carry it: whatever holds for the one holds for the other.
describe.each(['in process', 'gRPC'] as const)('%s', (kind) => {
  let on: Awaited<ReturnType<typeof stage>>
  let token: string
  beforeAll(async () => {
    on = await stage(kind)
    token = await tokenFor()
  })
  afterAll(() => on.stop())
  beforeEach(() => {
    for (const list of [on.calls, on.lines, on.observed]) list.length = 0
    on.script.act = async (say) => ({ heard: say })
  })
  const refusal = (promise: Promise<unknown>): Promise<AppError> =>
    promise.then(
      () => Promise.reject(new Error('It was not refused')),
      (error: AppError) => error,
    )
  const callMade = () => {
    const [call] = on.calls
    if (!call) throw new Error('No handler was called')
    return call
  }

  test('a method answers', async () => {
    await expect(on.probe.read({ say: '你好' }, { token })).resolves.toMatchObject({ heard: '你好' })
    expect(on.lines).toMatchObject([
      { level: 'info', method: 'probe.v1.ProbeService.Read', actorId: 'clerk', code: '' },
    ])
    expect(on.observed).toMatchObject([{ outcome: 'ok', code: '' }])
  })

  test.each(KINDS)('a refusal of the kind %s arrives whole', async (errorKind) => {
    const details = {
      violations: [{ field: 'lines[0].sku', rule: 'known', message: '不认识' }],
      retryAfterSeconds: 7,
    }
    on.script.act = async () => {
      throw new AppError(errorKind, 'some_code', { limit: '30000.00', name: '张三' }, details)
    }
    const error = await refusal(on.probe.read({}, { token }))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      kind: errorKind,
      code: 'some_code',
      params: { limit: '30000.00', name: '张三' },
      ...details,
    })
    expect(on.observed).toMatchObject([{ outcome: errorKind, code: 'some_code' }])
  })

  test('a fault of ours is logged once with its cause and never sent', async () => {
    const fault = new Error('the password is hunter2')
    on.script.act = async () => Promise.reject(fault)
    const error = await refusal(on.probe.read({}, { token }))
    expect(error).toMatchObject({ kind: 'internal', code: 'internal_error' })
    expect(error.params).toEqual({})
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('hunter2')
    expect(on.lines).toMatchObject([{ level: 'error', err: fault, code: 'internal_error' }])
  })

  test('a broken field rule is named by its JSON path', async () => {
    const error = await refusal(on.probe.read({ orderLines: [{ unitSku: 'A' }, { unitSku: '' }] }, { token }))
    expect(error).toMatchObject({ kind: 'invalid', code: 'invalid_request' })
    expect(error.violations).toMatchObject([{ field: 'orderLines[1].unitSku', rule: 'string.min_len' }])
    expect(on.calls).toEqual([])
  })

  test('ten thousand faults do not break the answer', async () => {
    const orderLines = Array.from({ length: 10_000 }, () => ({ unitSku: '' }))
    const error = await refusal(on.probe.read({ orderLines }, { token }))
    expect(error).toMatchObject({ kind: 'invalid', code: 'invalid_request' })
    expect(error.violations).toHaveLength(100)
  })

  test('F20: a deadline ends the call and tells the handler', async () => {
    on.script.act = () => new Promise(() => {})
    const error = await refusal(on.probe.read({}, { token, deadline: new Date(Date.now() + 100) }))
    expect(error).toMatchObject({ kind: 'unavailable', code: 'deadline_exceeded', retryAfterSeconds: 1 })
    await vi.waitFor(() => expect(callMade().signal.aborted).toBe(true))
  })

  test('a fault after the deadline is in the log', async () => {
    const fault = new Error('too late')
    on.script.act = (_, call) =>
      new Promise((__, fail) => call.signal.addEventListener('abort', () => fail(fault), { once: true }))
    await refusal(on.probe.read({}, { token, deadline: new Date(Date.now() + 100) }))
    await vi.waitFor(() => expect(on.lines).toContainEqual(expect.objectContaining({ level: 'warn', err: fault })))
  })

  test('F20: a call whose deadline has passed does not begin', async () => {
    const error = await refusal(on.probe.read({}, { token, deadline: new Date(Date.now() - 1) }))
    expect(error).toMatchObject({ kind: 'unavailable', code: 'deadline_exceeded' })
    expect(on.calls).toEqual([])
  })

  test('F20: a call without a deadline gets one of five seconds', async () => {
    const before = Date.now()
    await on.probe.read({}, { token })
    expect(callMade().deadline.getTime()).toBeGreaterThanOrEqual(before + 4_000)
    expect(callMade().deadline.getTime()).toBeLessThanOrEqual(Date.now() + 5_000)
  })

  test('F20: a caller who leaves ends the call and tells the handler', async () => {
    on.script.act = () => new Promise(() => {})
    const caller = new AbortController()
    const refused = refusal(on.probe.read({}, { token, signal: caller.signal }))
    await vi.waitFor(() => expect(on.calls).toHaveLength(1))
    caller.abort()
    expect(await refused).toMatchObject({ kind: 'unavailable', code: 'call_cancelled' })
    await vi.waitFor(() => expect(callMade().signal.aborted).toBe(true))
  })

  test('F20: a caller who has left already calls nobody', async () => {
    const error = await refusal(on.probe.read({}, { token, signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ kind: 'unavailable', code: 'call_cancelled' })
    expect(on.calls).toEqual([])
  })

  test.each([
    ['no token', 'token_required', async () => undefined],
    ['no token at all', 'token_invalid', async () => 'nonsense'],
    ['a token of a stranger', 'token_invalid', async () => tokenFor({}, new Date(), await newKey('first'))],
    ['an expired token', 'token_expired', () => tokenFor({}, new Date(Date.now() - 400_000))],
  ])('%s is refused as %s', async (_, code, tokenOf) => {
    const error = await refusal(on.probe.read({}, { token: await tokenOf() }))
    expect(error).toMatchObject({ kind: 'unauthenticated', code })
    expect(on.calls).toEqual([])
  })

  test.each([
    ['read', { grants: ['probe.change@company'] }, 'permission_missing'],
    ['change', { kind: 'partner', partnerId: 'p', grants: ['probe.change@partner'] }, 'not_for_partners'],
    ['me', { kind: 'partner', partnerId: 'p' }, 'not_for_partners'],
    ['inside', {}, 'services_only'],
    ['read', { kind: 'service', companyId: '', grants: [] }, 'permission_missing'],
  ] as const)('%s called by %o is forbidden as %s', async (method, claims, code) => {
    const error = await refusal(on.probe[method]({}, { token: await tokenFor(claims) }))
    expect(error).toMatchObject({ kind: 'forbidden', code })
    expect(on.calls).toEqual([])
  })

  test('a partner calls what is open to partners, over its own rows', async () => {
    on.script.act = async (_, call) => ({ heard: JSON.stringify(scopeOf(call).equals) })
    const partner = await tokenFor({ kind: 'partner', partnerId: 'p1', grants: ['probe.read@partner'] })
    const { heard } = await on.probe.read({}, { token: partner })
    expect(JSON.parse(heard)).toEqual({ companyId: 'acme', partnerId: 'p1' })
  })

  test('nobody has to sign in for a public method, anybody signed in asks for themselves, a service calls inside', async () => {
    await on.probe.open({}, { token: 'stale' })
    await on.probe.me({}, { token: await tokenFor({ grants: [] }) })
    await on.probe.inside({}, { token: await tokenFor({ kind: 'service', companyId: '', grants: [] }) })
    expect(on.calls.map(({ actor, permission }) => [actor.id, permission])).toEqual([
      ['anonymous', ''],
      ['clerk', ''],
      ['clerk', ''],
    ])
    expect(() => scopeOf(callMade())).toThrow(expect.objectContaining({ code: 'permission_missing' }))
  })

  test('a paying method needs an idempotency key, and a key makes the mark of the command', async () => {
    expect(await refusal(on.probe.pay({}, { token }))).toMatchObject({
      kind: 'invalid',
      code: 'idempotency_key_required',
    })
    await on.probe.pay({ say: 'pay' }, { token, idempotencyKey: 'k-1' })
    await on.probe.change({}, { token })
    await on.probe.read({}, { token, idempotencyKey: 'k-1' })
    expect(on.calls.map(({ mark }) => mark)).toEqual(['clerk|probe.v1.ProbeService.Pay|k-1', undefined, undefined])
    const body = toBinary(ProbeService.method.pay.input, create(ProbeService.method.pay.input, { say: 'pay' }))
    expect(callMade().bodyHash).toBe(createHash('sha256').update(body).digest('hex'))
  })

  test.each(['', '钥匙', 'two words', 'x'.repeat(256)])('the idempotency key %j is refused', async (idempotencyKey) => {
    const error = await refusal(on.probe.pay({}, { token, idempotencyKey }))
    expect(error).toMatchObject({ kind: 'invalid', code: 'idempotency_key_invalid' })
  })

  test('a replay and the last event are told before the answer', async () => {
    on.script.act = async (_, call) => {
      call.replayed?.()
      call.recorded?.('event-1')
      return {}
    }
    const told: string[] = []
    const onReplay = () => told.push('replayed')
    await on.probe.pay({}, { token, idempotencyKey: 'k', onReplay, onEvent: (id) => told.push(id) })
    expect(told).toEqual(['replayed', 'event-1'])
  })

  test('no replay is told where there was none', async () => {
    const onReplay = vi.fn()
    await on.probe.pay({}, { token, idempotencyKey: 'k', onReplay })
    expect(onReplay).not.toHaveBeenCalled()
  })

  test('request id and trace travel with the call and with the calls that it makes', async () => {
    on.script.act = async (say, call) => {
      if (say === 'outer') await on.probe.me({ say: 'inner' }, { as: call })
      return {}
    }
    await on.probe.read({ say: 'outer' }, { token, requestId: 'request-1', traceparent: TRACE })
    const seen = on.calls.map((call) => [call.requestId, call.correlationId, call.traceparent?.split('-')[1]])
    expect(seen).toEqual([
      ['request-1', 'request-1', TRACE_ID],
      ['request-1', 'request-1', TRACE_ID],
    ])
    expect(on.calls.map((call) => call.token)).toEqual([token, token])
    expect(on.lines.map(({ requestId }) => requestId)).toEqual(['request-1', 'request-1'])
  })

  test('a request id that would break a log line is replaced', async () => {
    await on.probe.read({}, { token, requestId: 'a\nb' })
    await on.probe.read({}, { token })
    for (const { requestId } of on.calls) expect(requestId).toMatch(/^[\da-f-]{36}$/)
  })

  test.each([
    [undefined, 'zh-CN'],
    ['en-GB,zh;q=0.5', 'en'],
    ['de, en;q=0.3, zh-CN;q=0.8', 'zh-CN'],
    ['fr', 'zh-CN'],
  ])('the language of %s is %s', async (language, expected) => {
    const { read } = ProbeService.method
    await on.transport.unary(read, create(read.input), { authorization: `Bearer ${token}`, language })
    expect(callMade().language).toBe(expected)
  })

  test('a method that nobody serves is not found', async () => {
    const { read } = ProbeService.method
    const stranger = { ...read, name: 'Nothing' }
    const error = await refusal(on.transport.unary(stranger, create(read.input), { authorization: `Bearer ${token}` }))
    expect(error).toMatchObject({ kind: 'not_found', code: 'method_not_found' })
  })
})
