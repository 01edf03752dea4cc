import { expect, test } from 'vitest'
import { RETRIES, waitBefore } from './retry.ts'
import { SaleswrightError } from './saleswright-error.ts'

const failure = (status: number, code = 'x', retryAfterSeconds?: number) =>
  new SaleswrightError({ status, code }, { retryAfterSeconds })
const half = () => 0.5

test.each([0, 429, 502, 503, 504])('%i passes by itself', (status) => {
  expect(waitBefore(failure(status), 1, RETRIES, half)).toBe(100)
})

test.each([400, 401, 403, 404, 409, 412, 422, 500])('%i does not', (status) => {
  expect(waitBefore(failure(status), 1, RETRIES, half)).toBeUndefined()
})

test('the same command under way is waited for', () => {
  expect(waitBefore(failure(409, 'command_in_progress', 1), 1, RETRIES, half)).toBe(1100)
})

test('what is no failure of a call is none', () => {
  expect(waitBefore(new TypeError('x'), 1, RETRIES, half)).toBeUndefined()
})

test('the span doubles up to the longest wait, and ends with the attempts', () => {
  const policy = { attempts: 5, firstWaitMs: 100, longestWaitMs: 300 }
  const waits = [1, 2, 3, 4, 5].map((attempt) => waitBefore(failure(503), attempt, policy, () => 1))
  expect(waits).toEqual([100, 200, 300, 300, undefined])
  expect(waitBefore(failure(503), 4, policy, () => 0)).toBe(0)
})

test('what the platform asks for is waited at least, unless it is too long', () => {
  expect(waitBefore(failure(429, 'rate_limited', 2), 1, RETRIES, half)).toBe(2100)
  expect(waitBefore(failure(429, 'account_locked', 900), 1, RETRIES, half)).toBeUndefined()
})
