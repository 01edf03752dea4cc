import { expect, onTestFinished, test, vi } from 'vitest'
import { repeating } from './repeating.ts'

const aLog = () => ({ error: vi.fn(), warn: vi.fn(), info: vi.fn(), debug: vi.fn() })

test('what fails is told and done again', async () => {
  const log = aLog()
  const fault = new Error('not yet')
  const work = vi.fn(async () => {
    if (work.mock.calls.length === 1) throw fault
  })
  const part = repeating({ name: 'sweeping', everyMs: 1, log, work })
  await part.start()
  onTestFinished(() => part.stop())
  await vi.waitFor(() => expect(work.mock.calls.length).toBeGreaterThan(2))
  expect(log.warn.mock.calls).toEqual([[{ err: fault }, 'sweeping failed; trying again']])
})

test('it ends when what is under way has ended, without waiting for the next time', async () => {
  const under = Promise.withResolvers<void>()
  const work = vi.fn(() => under.promise)
  const part = repeating({ name: 'sweeping', everyMs: 3_600_000, log: aLog(), work })
  await part.start()
  const stopped = vi.fn()
  const stopping = part.stop().then(stopped)
  await vi.waitFor(() => expect(work).toHaveBeenCalledOnce())
  expect(stopped).not.toHaveBeenCalled()
  under.resolve()
  await stopping
  expect(work).toHaveBeenCalledOnce()
})

test('without having been started it stops all the same', async () => {
  const work = vi.fn(async () => {})
  await repeating({ name: 'sweeping', everyMs: 1, log: aLog(), work }).stop()
  expect(work).not.toHaveBeenCalled()
})
