import { afterEach, expect, test, vi } from 'vitest'
import { aloneUnder } from './alone.ts'

/** One lease, and whether it is granted. */
const aLease = () => {
  const asked: [holder: string, ttlMs: number][] = []
  const lease = { granted: true, asked }
  const acquireLease = async (_name: string, holder: string, ttlMs: number): Promise<boolean> => {
    asked.push([holder, ttlMs])
    return lease.granted
  }
  return { lease, alone: aloneUnder({ acquireLease }, 'this place') }
}

afterEach(() => void vi.useRealTimers())

test('work is done under the name of the place, and the lease given up when it has ended or failed', async () => {
  const { lease, alone } = aLease()
  expect(await alone('imports', async () => 7)).toEqual({ result: 7 })
  await expect(alone('imports', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(lease.asked).toEqual([
    ['this place', 15_000],
    ['this place', 0],
    ['this place', 15_000],
    ['this place', 0],
  ])
})

test('what another replica is about is not done', async () => {
  const { lease, alone } = aLease()
  lease.granted = false
  expect(await alone('imports', () => expect.unreachable('it works'))).toBeUndefined()
})

test('a lease is renewed while the work goes on; when it is lost the work is told, and nothing is given up', async () => {
  vi.useFakeTimers()
  const { lease, alone } = aLease()
  const end = Promise.withResolvers<void>()
  let signal: AbortSignal | undefined
  const done = alone('imports', async (lost) => {
    signal = lost
    await end.promise
  })
  await vi.advanceTimersByTimeAsync(15_000)
  expect(lease.asked).toHaveLength(4)
  expect(signal?.aborted).toBe(false)
  lease.granted = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(signal?.reason).toMatchObject({ message: 'the lease of imports was lost' })
  end.resolve()
  await done
  expect(lease.asked.map(([, ttlMs]) => ttlMs)).not.toContain(0)
})
