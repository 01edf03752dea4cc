import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '@saleswright/bus'
import type { Part } from './parts.ts'

/** Milliseconds that a part may stop for: before the database is asked for, until it must have answered, and once it is known to be gone. */
export type StopLimits = { readonly ask: number; readonly answer: number; readonly rest: number }

type Options = {
  /** Ends when the database has answered. */
  readonly answers: () => Promise<unknown>
  readonly log: Pick<Log, 'warn'>
  readonly limits?: StopLimits | undefined
}

const LIMITS: StopLimits = { ask: 1_000, answer: 2_000, rest: 250 }

/**
 * The same part, whose stop is not waited for in vain: what it would still store while the database is gone is as good as after a
 * crash, and the next process goes on from there. While the database answers, a stop may take its time.
 */
export const givingUp = ({ answers, log, limits = LIMITS }: Options): ((part: Part) => Part) => {
  let gone = false
  const ask = async (): Promise<void> => {
    const answered = answers().then(
      () => true,
      () => false,
    )
    gone = !(await inTime(answered, limits.answer))
  }
  const stop = async (part: Part): Promise<void> => {
    const stopped = part.stop().then(() => true)
    while (!(await inTime(stopped, gone ? limits.rest : limits.ask))) {
      if (gone) {
        stopped.catch(() => {})
        return log.warn({ part: part.name }, 'the database does not answer: a part is not waited for any longer')
      }
      await ask()
    }
  }
  return (part) => ({
    get name() {
      return part.name
    },
    start: () => part.start(),
    stop: () => stop(part),
  })
}

/** Undefined when it was not there in time. */
const inTime = async <T>(work: Promise<T>, ms: number): Promise<T | undefined> => {
  const ended = new AbortController()
  const late = wait(ms, undefined, { signal: ended.signal }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    ended.abort()
  }
}
