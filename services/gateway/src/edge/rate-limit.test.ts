import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type RatePolicy, rateLimiter } from './rate-limit.ts'

const policy: RatePolicy = { name: 'partner', perMinute: 60, burst: 3 }
const limiterAt = () => {
  let now = 0
  const limiter = rateLimiter({ now: () => new Date(now) })
  const pass = (milliseconds: number): void => {
    now += milliseconds
  }
  return { limiter, pass }
}

test('a burst at once, and then as many as come back', () => {
  const { limiter, pass } = limiterAt()
  const take = () => limiter.take('a', policy)
  expect([take(), take(), take()].map(({ remaining }) => remaining)).toEqual([2, 1, 0])
  expect(take()).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 })
  pass(1000)
  expect(take()).toEqual({ allowed: true, remaining: 0, resetSeconds: 3 })
  expect(take().allowed).toBe(false)
})

test('callers and policies have buckets of their own', () => {
  const { limiter } = limiterAt()
  const take = (caller: string, name = 'partner') => limiter.take(caller, { ...policy, name, burst: 1 }).allowed
  expect([take('a'), take('a'), take('b'), take('a', 'staff')]).toEqual([true, false, true, true])
})

test('a clock that goes back gives nothing and takes nothing', () => {
  const { limiter, pass } = limiterAt()
  const take = () => limiter.take('a', policy).remaining
  expect(take()).toBe(2)
  pass(-60_000)
  expect(take()).toBe(1)
})

property.prop([fc.array(fc.nat({ max: 5_000 }), { maxLength: 200 })])(
  'never more than the burst and what came back',
  (waits) => {
    const { limiter, pass } = limiterAt()
    const allowed = waits.filter((wait) => {
      pass(wait)
      return limiter.take('a', policy).allowed
    })
    const seconds = waits.reduce((sum, wait) => sum + wait, 0) / 1000
    expect(allowed.length).toBeLessThanOrEqual(policy.burst + (seconds * policy.perMinute) / 60 + 1e-6)
  },
)
