import { invalid } from '@saleswright/kernel'
import type { Log } from '@saleswright/rpc'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { problemOf, problemSender } from './problem.ts'

const asked = { language: 'en', traceId: '1' } as const
const lines: object[] = []
const note = (line: object): void => void lines.push(line)
const log = { debug: note, info: note, warn: note, error: note } as unknown as Log

const throwing = (error: Error) => {
  const app = Fastify({ logger: false }) as unknown as FastifyInstance
  afterAll(() => app.close())
  app.setErrorHandler(problemSender(log))
  app.get('/v1/contacts', () => Promise.reject(error))
  return app.inject('/v1/contacts?phone=13800001111')
}

describe('a field that a service refuses', () => {
  test('is told in the words of the refusal', () => {
    const fault = { field: 'lines[0].quantity', rule: 'quantity_not_whole', message: '' }
    const { detail, violations } = problemOf(invalid('quantity_not_whole', { sku: 'PUMP-01' }, [fault]), asked)
    expect(violations).toEqual([{ ...fault, message: detail }])
    expect(detail).toContain('PUMP-01')
  })

  test('keeps the words of a rule that has its own', () => {
    const fault = { field: 'context', rule: 'enum', message: 'orders, customers' }
    const { violations } = problemOf(invalid('malformed_request', {}, [fault]), asked)
    expect(violations).toEqual([{ ...fault, message: 'must be one of orders, customers' }])
  })
})

test('a fault of ours is logged by its route, and not by what stands in the request', async () => {
  const { statusCode, json } = await throwing(new Error('broken'))
  expect([statusCode, json().code]).toEqual([500, 'internal_error'])
  expect(lines).toEqual([expect.objectContaining({ route: '/v1/contacts' })])
  expect(JSON.stringify(lines)).not.toContain('13800001111')
})
