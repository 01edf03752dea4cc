import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type AdmissionLimits, admission, type Leave } from './admission.ts'

const LIMITS: AdmissionLimits = {
  first: 2,
  least: 1,
  most: 10,
  waiting: 4,
  waitMs: 1_000,
  slowMs: 400,
  quickMs: 200,
  windowMs: 500,
}
const OVERLOADED = { kind: 'unavailable', code: 'overloaded', retryAfterSeconds: 1 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An admission, and the order in which callers began. */
const gate = (limits: Partial<AdmissionLimits> = {}) => {
  const door = admission(() => Date.now(), { ...LIMITS, ...limits })
  const began: string[] = []
  const leaves: Leave[] = []
  const enter = (caller: string, gone?: AbortSignal): Promise<void> => {
    const entered = door.enter(caller, gone).then((leave) => {
      began.push(caller)
      leaves.push(leave)
    })
    entered.catch(() => undefined)
    return entered
  }
  const leave = async (isCommand = false) => {
    leaves.shift()?.(isCommand)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { door, began, enter, leave }
}

describe('beyond the bound', () => {
  test('requests wait, and begin as others leave', async () => {
    const { door, began, enter, leave } = gate()
    void Promise.all(['a', 'a', 'a'].map((caller) => enter(caller)))
    await vi.advanceTimersByTimeAsync(0)
    expect([began, door.state()]).toEqual([['a', 'a'], { atWork: 2, waiting: 1, bound: 2 }])
    await leave()
    expect([began.length, door.state()]).toEqual([3, { atWork: 2, waiting: 0, bound: 2 }])
  })

  test('callers take turns, however many requests one of them sends', async () => {
    const { began, enter, leave } = gate({ waiting: 100 })
    for (const caller of ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'c', 'b']) void enter(caller)
    await vi.advanceTimersByTimeAsync(0)
    for (let n = 0; n < 7; n += 1) await leave()
    expect(began.join('')).toBe('aaabcabaa')
  })

  test('a request is refused when it has waited too long', async () => {
    const { door, enter } = gate()
    void enter('a')
    void enter('a')
    const waiting = enter('a')
    const refused = expect(waiting).rejects.toMatchObject(OVERLOADED)
    await vi.advanceTimersByTimeAsync(LIMITS.waitMs)
    await refused
    expect(door.state()).toEqual({ atWork: 2, waiting: 0, bound: 2 })
  })

  test('a request whose caller has gone is dropped and holds no place', async () => {
    const { door, enter } = gate()
    void enter('a')
    void enter('a')
    const gone = new AbortController()
    const dropped = expect(enter('a', gone.signal)).rejects.toThrow('gone')
    gone.abort(new Error('gone'))
    await dropped
    expect(door.state()).toEqual({ atWork: 2, waiting: 0, bound: 2 })
  })
})

describe('where no more may wait', () => {
  test('a request is refused before anything is read of it', async () => {
    const { door, enter } = gate()
    for (let n = 0; n < 6; n += 1) void enter('a')
    await vi.advanceTimersByTimeAsync(0)
    expect(() => door.check('a')).toThrow(expect.objectContaining(OVERLOADED))
    await expect(enter('a')).rejects.toMatchObject(OVERLOADED)
  })

  test('a caller with fewer takes the place of the newest of the one with most', async () => {
    const { door, enter } = gate()
    const entered = Array.from({ length: 6 }, () => enter('a'))
    const displaced = expect(entered[5]).rejects.toMatchObject(OVERLOADED)
    expect(() => door.check('b')).not.toThrow()
    void enter('b')
    await displaced
    expect(door.state().waiting).toBe(LIMITS.waiting)
  })
})

describe('the bound', () => {
  /** Ten commands, one after the other, each with this latency. */
  const tenCommands = async ({ enter, leave }: ReturnType<typeof gate>, latencyMs: number, isCommand = true) => {
    for (let n = 0; n < 10; n += 1) {
      await enter('a')
      await vi.advanceTimersByTimeAsync(latencyMs)
      await leave(isCommand)
    }
  }

  test('falls while commands are slow, to its least', async () => {
    const on = gate({ first: 10 })
    await tenCommands(on, 500)
    expect(on.door.state().bound).toBe(8)
    for (let n = 0; n < 12; n += 1) await tenCommands(on, 500)
    expect(on.door.state().bound).toBe(LIMITS.least)
  })

  test('stays where only reads are slow, and where commands are quick and nobody waits', async () => {
    const on = gate()
    await tenCommands(on, 500, false)
    await tenCommands(on, 100)
    expect(on.door.state().bound).toBe(2)
  })

  test('rises while commands are quick and others wait', async () => {
    const on = gate({ first: 1, waiting: 100 })
    for (let n = 0; n < 20; n += 1) void on.enter('a')
    for (let n = 0; n < 10; n += 1) {
      await vi.advanceTimersByTimeAsync(60)
      await on.leave(true)
    }
    expect(on.door.state().bound).toBe(5)
  })
})
