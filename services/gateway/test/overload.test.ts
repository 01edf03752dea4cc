import { setTimeout as wait } from 'node:timers/promises'
import { create } from '@bufbuild/protobuf'
import { MeSchema } from '@saleswright/contracts/saleswright/organization/v1/session_pb.ts'
import { expect, onTestFinished, test } from 'vitest'
import { loneEdge } from './lone-edge.ts'

const WORK_MS = 200
const BOUND = 8

test('F27: under many times the load that it bears it works at its bound, refuses the rest at once and recovers', async () => {
  let atWork = 0
  let most = 0
  const unary = async () => {
    atWork += 1
    most = Math.max(most, atWork)
    await wait(WORK_MS)
    atWork -= 1
    return create(MeSchema, {})
  }
  const limits = {
    first: BOUND,
    least: BOUND,
    most: BOUND,
    waiting: 32,
    waitMs: 1_000,
    slowMs: 400,
    quickMs: 0,
    windowMs: 500,
  }
  const app = await loneEdge({ transportOf: () => ({ unary, close: async () => {} }), admission: limits })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  const answer = async () => {
    const response = await fetch(`${address}/v1/me`, { headers: { authorization: 'Bearer x' } })
    const body = (await response.json()) as { readonly code?: string }
    return { status: response.status, code: body.code, retryAfter: response.headers.get('retry-after') }
  }
  const answers = await Promise.all(Array.from({ length: 400 }, answer))
  const refused = answers.filter(({ status }) => status !== 200)
  expect(most).toBe(BOUND)
  expect(refused.length).toBeGreaterThan(0)
  expect(new Set(refused.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ status: 503, code: 'overloaded', retryAfter: '1' })]),
  )
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(BOUND + limits.waiting)
  expect(await answer()).toMatchObject({ status: 200 })
})
