import { expect, test } from 'vitest'
import { steady, systemClock } from './clock.ts'

test('F13: a duration is what went by, whatever was done to the calendar', () => {
  let at = Date.UTC(2026, 0, 31)
  const passed = steady({ now: () => new Date(at) })
  const began = passed()
  at += 500
  expect(passed() - began).toBe(500)
  at -= 45 * 86_400_000
  expect(passed() - began).toBe(500)
  at += 250
  expect(passed() - began).toBe(750)
})

test('F13: the system is asked for a clock that nobody sets', () => {
  const passed = steady(systemClock)
  const date = Date
  globalThis.Date = class extends date {
    constructor() {
      super(0)
    }
  } as DateConstructor
  try {
    const began = passed()
    expect(passed()).toBeGreaterThanOrEqual(began)
    expect(Math.abs(passed() - performance.now())).toBeLessThan(1_000)
  } finally {
    globalThis.Date = date
  }
})
