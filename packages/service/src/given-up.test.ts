import { expect, test, vi } from 'vitest'
import { givingUp } from './given-up.ts'
import type { Part } from './parts.ts'

const SOON = { ask: 1, answer: 1, rest: 1 }
const never = new Promise<never>(() => {})
const aPart = (name: string, stop: () => Promise<void>): Part => ({ name, start: async () => {}, stop })
const hanging = (name: string): Part => aPart(name, () => never)

test('what waits for a database that is gone is given up, part after part, and the log says what', async () => {
  const log = { warn: vi.fn() }
  const answers = vi.fn(() => never)
  const giveUp = givingUp({ answers, log, limits: SOON })
  for (const name of ['jobs', 'relays']) await giveUp(hanging(name)).stop()
  expect(log.warn.mock.calls).toEqual(
    ['jobs', 'relays'].map((part) => [{ part }, 'the database does not answer: a part is not waited for any longer']),
  )
  expect(answers).toHaveBeenCalledOnce()
})

test('a question that fails is no answer', async () => {
  const log = { warn: vi.fn() }
  const answers = () => Promise.reject(new Error('no server'))
  await givingUp({ answers, log, limits: { ...SOON, answer: 60_000 } })(hanging('jobs')).stop()
  expect(log.warn).toHaveBeenCalledOnce()
})

test('what takes its time while the database answers is waited for', async () => {
  const log = { warn: vi.fn() }
  const slow = Promise.withResolvers<void>()
  const answers = vi.fn(async () => true as const)
  const stopped = vi.fn()
  const giveUp = givingUp({ answers, log, limits: { ...SOON, answer: 60_000 } })
  const stopping = giveUp(aPart('imports', () => slow.promise)).stop()
  void stopping.then(stopped)
  await vi.waitFor(() => expect(answers.mock.calls.length).toBeGreaterThan(2))
  expect(stopped).not.toHaveBeenCalled()
  slow.resolve()
  await stopping
  expect(log.warn).not.toHaveBeenCalled()
})

test('a stop that fails says so', async () => {
  const giveUp = givingUp({ answers: async () => true, log: { warn: vi.fn() } })
  const fault = new Error('unclean')
  await expect(giveUp(aPart('jobs', () => Promise.reject(fault))).stop()).rejects.toBe(fault)
})
