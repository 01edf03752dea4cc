import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { cuttingProxy } from '../faults/cutting-proxy.ts'
import { httpTo, Unanswered } from './http.ts'

/** Answers with what it was asked; what is asked of /bad is refused. */
const anEcho = async () => {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`)
    const { authorization, 'idempotency-key': key } = request.headers
    response.writeHead(request.url === '/bad' ? 422 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ authorization, key }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const bound = server.address()
  return { heard, address: `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}` }
}

const aCaller = (address: string) => {
  const http = httpTo(address)
  onTestFinished(http.close)
  return http
}

test('a request shows its token and its key, and a refusal is told from an answer', async () => {
  const { address } = await anEcho()
  const http = aCaller(address)
  expect(await http.post('/good', 'mine', {}, 'k')).toEqual({ authorization: 'Bearer mine', key: 'k' })
  expect(await http.call('GET', '/bad')).toMatchObject({ status: 422, json: {}, replayed: false })
  await expect(http.get('/bad')).rejects.toThrow('GET /bad: 422')
})

test('an answer that is lost on its way is no answer, though it was asked', async () => {
  const { address, heard } = await anEcho()
  const proxy = await cuttingProxy(address)
  onTestFinished(proxy.close)
  await expect(aCaller(proxy.address).call('GET', '/once')).rejects.toBeInstanceOf(Unanswered)
  expect(heard).toEqual(['GET /once'])
  expect(proxy.cuts()).toBe(1)
})
