import { conflict, notFound, unavailable } from '@saleswright/kernel'
import { describe, expect, test, vi } from 'vitest'
import { notYet, patiently, until } from './patience.ts'

const never = new AbortController().signal

const AT_ONCE = { firstMs: 1, mostMs: 1 }

describe('a call that is made again', () => {
  test('ends with the first answer', async () => {
    const call = vi.fn(async () => (call.mock.calls.length < 4 ? Promise.reject(unavailable('store_busy', 1)) : 'done'))
    expect(await patiently(never, call, AT_ONCE)).toBe('done')
    expect(call).toHaveBeenCalledTimes(4)
  })

  test('is given up after ten times, and at once where nothing heals', async () => {
    for (const [error, times] of [
      [unavailable('store_busy', 1), 10],
      [conflict('closed'), 1],
    ] as const) {
      const call = vi.fn(() => Promise.reject(error))
      await expect(patiently(never, call, AT_ONCE)).rejects.toBe(error)
      expect(call).toHaveBeenCalledTimes(times)
    }
  })

  test('is not made for somebody who has gone', async () => {
    const call = vi.fn(async () => 'done')
    await expect(patiently(AbortSignal.abort(new Error('gone')), call)).rejects.toThrow('gone')
    expect(call).not.toHaveBeenCalled()
  })
})

describe('an answer that comes later', () => {
  test('is waited for', async () => {
    const ask = vi.fn(async () =>
      ask.mock.calls.length < 5 ? Promise.reject(notFound('approval', 'a1')).catch(notYet) : 'open',
    )
    expect(await until(never, ask)).toBe('open')
  })

  test('is none when it has not come in time', async () => {
    expect(await until(never, async () => undefined, { ...AT_ONCE, withinMs: 20 })).toBeUndefined()
  })

  test('does not hide what is no missing record', async () => {
    await expect(until(never, () => Promise.reject(conflict('closed')).catch(notYet))).rejects.toThrow('closed')
  })
})
