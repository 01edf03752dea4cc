import { type AppError, unavailable } from '@saleswright/kernel'
import { fairQueue } from './fair-queue.ts'

export type AdmissionLimits = {
  /** Requests at work at once: where the bound begins, and what it stays between. */
  readonly first: number
  readonly least: number
  readonly most: number
  /** Requests that may wait for a place, of all callers. */
  readonly waiting: number
  /** How long one may wait before it is refused. */
  readonly waitMs: number
  /** Mean latency of commands above which the bound falls, and below which it rises. */
  readonly slowMs: number
  readonly quickMs: number
  /** How often the bound is looked at. */
  readonly windowMs: number
}

const LIMITS: AdmissionLimits = {
  first: 64,
  least: 16,
  most: 256,
  waiting: 1_024,
  waitMs: 1_000,
  slowMs: 400,
  quickMs: 200,
  windowMs: 500,
}

const RETRY_AFTER_SECONDS = 1
const FALL = 0.8
const RISE = 4
/** Fewer say nothing about the load. */
const SAMPLES = 10

/** Gives the place back; `isCommand` says whether the latency counts for the bound. */
export type Leave = (isCommand: boolean) => void

export type Admission = {
  /** Refuses `overloaded` where a request of the caller would not even find room to wait: before anything is read of its body. */
  readonly check: (caller: string) => void
  /** Resolves when the request may begin, at once while there is room. Refused as `overloaded` when it waited too long. */
  readonly enter: (caller: string, gone?: AbortSignal) => Promise<Leave>
  readonly state: () => { readonly atWork: number; readonly waiting: number; readonly bound: number }
}

const overloaded = (): AppError => unavailable('overloaded', RETRY_AFTER_SECONDS)

/**
 * Bounds the work in flight (decisions 61). Beyond the bound requests wait for a short time, one queue for each caller, and the queues
 * take turns: a caller who sends a thousand requests delays another's by one. The bound follows the latency of commands, so that what
 * is begun ends well before its deadline on any machine.
 */
export const admission = (now: () => number, limits: AdmissionLimits = LIMITS): Admission => {
  const queue = fairQueue(limits.waiting, overloaded)
  const bound = adaptiveBound(now, limits)
  let atWork = 0

  const leaveAfter = (began: number): Leave => {
    let isOver = false
    return (isCommand) => {
      if (isOver) return
      isOver = true
      atWork -= 1
      if (isCommand) bound.saw(now() - began, queue.size() > 0)
      while (atWork < bound.size() && queue.next()) atWork += 1
    }
  }
  return {
    check: (caller) => {
      if (atWork >= bound.size() && !queue.hasRoom(caller)) throw overloaded()
    },
    enter: async (caller, gone) => {
      if (atWork < bound.size() && queue.size() === 0) atWork += 1
      else await queue.wait(caller, limits.waitMs, gone)
      return leaveAfter(now())
    },
    state: () => ({ atWork, waiting: queue.size(), bound: bound.size() }),
  }
}

/** Falls by a fifth while commands are slow, and rises step by step while they are quick and others wait. */
const adaptiveBound = (now: () => number, { first, least, most, slowMs, quickMs, windowMs }: AdmissionLimits) => {
  let size = first
  let window = { began: now(), samples: 0, totalMs: 0, wasFull: false }
  return {
    size: () => size,
    saw: (latencyMs: number, isFull: boolean): void => {
      window.samples += 1
      window.totalMs += latencyMs
      window.wasFull ||= isFull
      if (window.samples < SAMPLES || now() - window.began < windowMs) return
      const meanMs = window.totalMs / window.samples
      if (meanMs > slowMs) size = Math.max(least, Math.floor(size * FALL))
      else if (meanMs < quickMs && window.wasFull) size = Math.min(most, size + RISE)
      window = { began: now(), samples: 0, totalMs: 0, wasFull: false }
    },
  }
}
