import { expect, test, vi } from 'vitest'
import { createBell } from './bell.ts'

const resting = (bell: ReturnType<typeof createBell>, ms: number) => {
  const woken = vi.fn()
  void bell.rest(ms).then(woken)
  return woken
}

test('a rest lasts its time, or until the bell rings', async () => {
  vi.useFakeTimers()
  const bell = createBell()
  const long = resting(bell, 100)
  await vi.advanceTimersByTimeAsync(99)
  expect(long).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(long).toHaveBeenCalled()
  const cut = resting(bell, 100)
  bell.ring()
  await vi.advanceTimersByTimeAsync(0)
  expect(cut).toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test('who begins to rest after it rang is woken at once, until it is reset', async () => {
  vi.useFakeTimers()
  const bell = createBell()
  bell.ring()
  const before = resting(bell, 100)
  await vi.advanceTimersByTimeAsync(0)
  expect(before).toHaveBeenCalled()
  bell.reset()
  const after = resting(bell, 100)
  await vi.advanceTimersByTimeAsync(50)
  expect(after).not.toHaveBeenCalled()
  vi.useRealTimers()
})
