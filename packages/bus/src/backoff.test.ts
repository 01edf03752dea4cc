import { expect, test } from 'vitest'
import { pauseMs, persist } from './backoff.ts'

test.each([
  [1, 50, 100],
  [2, 100, 200],
  [5, 800, 1_600],
  [9, 5_000, 10_000],
  [5_000, 5_000, 10_000],
])('after %i failures the pause is from %i to %i ms', (failures, least, most) => {
  const backoff = { firstMs: 100, mostMs: 10_000 }
  expect(pauseMs(failures, backoff, 0)).toBe(least)
  expect(pauseMs(failures, backoff, 1)).toBe(most)
})

test('it tries until it succeeds, and tells of each failure', async () => {
  const failures: number[] = []
  let left = 3
  const attempt = async () => {
    if (left-- > 0) throw new Error('not yet')
    return 'done'
  }
  const failed = (_: unknown, count: number) => void failures.push(count)
  expect(await persist(attempt, { firstMs: 1, mostMs: 2, failed }, new AbortController().signal)).toBe('done')
  expect(failures).toEqual([1, 2, 3])
})

test('it ends without a result when it shall', async () => {
  const stop = new AbortController()
  const attempt = async () => {
    stop.abort()
    throw new Error('never')
  }
  expect(
    await persist(attempt, { firstMs: 60_000, mostMs: 60_000, failed: () => undefined }, stop.signal),
  ).toBeUndefined()
})
