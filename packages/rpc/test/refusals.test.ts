import { AppError } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { bind, client, dispatcher, errorOf, type Handler, problemOf, type Transport } from '../src/index.ts'
import { ProbeService, probeService } from './probe.ts'
import { stage, tokenFor } from './stage.ts'

const write = () => {}
const options = {
  verify: async () => Promise.reject(new Error('nobody calls')),
  clock: { now: () => new Date() },
  log: { debug: write, info: write, warn: write, error: write },
}
const handler: Handler = async () => ({})

test('a method without access does not start', () => {
  const service = probeService({ Read: { public: true }, Naked: undefined })
  const bound = bind(service, { read: handler, naked: handler } as never)
  expect(() => dispatcher([bound], options)).toThrow('probe.v1.ProbeService.Naked has no access')
})

test('a method without a handler, and a service bound twice, do not start', () => {
  const service = probeService({ Read: { public: true } })
  expect(() => dispatcher([bind(service, {} as never)], options)).toThrow('probe.v1.ProbeService.Read has no handler')
  const bound = bind(service, { read: handler } as never)
  expect(() => dispatcher([bound, bound], options)).toThrow('bound twice')
})

test('a problem of a newer release is an internal error here', () => {
  const problem = { ...problemOf(new AppError('conflict', 'order_is_draft', { to: 'shipped' })), kind: 'paradox' }
  expect(errorOf(problem)).toMatchObject({ kind: 'internal', code: 'order_is_draft', params: { to: 'shipped' } })
})

test('a call made for another one takes its token, ids and language, and fifty milliseconds less time', async () => {
  const on = await stage('in process')
  await on.probe.read({}, { token: await tokenFor(), requestId: 'r' })
  const [call] = on.calls
  const sent: Parameters<Transport['unary']>[2][] = []
  const recording: Transport = {
    unary: async (...[method, request, metadata]) => {
      sent.push(metadata)
      return on.transport.unary(method, request, metadata)
    },
    close: async () => {},
  }
  await client(ProbeService, recording).me({}, { as: call })
  expect(sent).toMatchObject([
    {
      authorization: `Bearer ${call?.token}`,
      requestId: 'r',
      language: 'zh-CN',
      deadline: new Date(Number(call?.deadline) - 50),
      signal: call?.signal,
    },
  ])
})

test('a service speaks with its own token where nobody else does, but never on a public method', async () => {
  const on = await stage('in process')
  let asked = 0
  const ownToken = () => {
    asked += 1
    return tokenFor({ kind: 'service', sub: 'orders', companyId: '', grants: [] })
  }
  const own = client(ProbeService, on.transport, ownToken)
  await own.inside({})
  await own.me({}, { token: await tokenFor() })
  await own.open({})
  expect(asked).toBe(1)
  expect(on.calls.map(({ actor }) => actor.id)).toEqual(['orders', 'clerk', 'anonymous'])
})

test('a handler gets the texts as they are kept, and none that is blank', async () => {
  const on = await stage('in process')
  const token = await tokenFor()
  expect(await on.probe.read({ say: ' Cafe\u0301\u3000' }, { token })).toMatchObject({ heard: 'Caf\u00e9' })
  await expect(on.probe.read({ say: ' ' }, { token })).rejects.toMatchObject({
    code: 'invalid_request',
    violations: [{ field: 'say', rule: 'text.blank' }],
  })
  expect(on.calls).toHaveLength(1)
})
