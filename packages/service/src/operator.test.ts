import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from './operator.ts'

const anOperator = async (unready: () => readonly string[] | Promise<readonly string[]>) => {
  const part = operator({ port: 0, host: '127.0.0.1', metrics: new Registry(), unready })
  await part.start()
  onTestFinished(() => part.stop())
  return async (path: string, init?: RequestInit) => {
    const response = await fetch(`${part.address()}${path}`, init)
    return { status: response.status, body: await response.text(), type: response.headers.get('content-type') }
  }
}

test('readyz says in words what is missing, and is ready when nothing is', async () => {
  const reasons = ['orders: store is not connected']
  const ask = await anOperator(() => reasons)
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: 'orders: store is not connected\n' })
  reasons.pop()
  expect(await ask('/readyz')).toMatchObject({ status: 200, body: 'ready\n' })
})

test('livez does not ask whether the process is ready', async () => {
  const ask = await anOperator(() => ['nothing works'])
  expect(await ask('/livez')).toMatchObject({ status: 200 })
})

test('a question that fails is answered with 500, and what is not there with 404', async () => {
  const ask = await anOperator(() => Promise.reject(new Error('no answer: dup key: { phone: "13800000000" }')))
  expect(await ask('/readyz')).toMatchObject({ status: 500, body: 'no answer: dup key: {…}\n' })
  expect(await ask('/')).toMatchObject({ status: 404 })
  expect(await ask('/livez', { method: 'POST' })).toMatchObject({ status: 404 })
})

test('metrics come in the text format of Prometheus', async () => {
  const ask = await anOperator(() => [])
  expect(await ask('/metrics')).toMatchObject({ status: 200, type: expect.stringContaining('version=0.0.4') })
})
