import { serverError } from '../errors.ts'
import type { Walk } from '../query/pages.ts'

/** What became of a walk. */
type Outcome<T> = { readonly value: T } | { readonly error: unknown }

/** A walk, when it must be over at the latest, and who wants to know. */
interface Job<T> {
  walk: Walk<T>
  /** Of `performance.now()`. */
  deadline: number
  done: (outcome: Outcome<T>) => void
}

/**
 * Long reads take turns with everything else: in one turn of the event loop they get some milliseconds together, then what has
 * arrived meanwhile is served. A read that ends within its first slice never waits.
 */
export interface Walks {
  start: <T>(job: Job<T>) => void
  counts: { walks: number; slices: number }
  stop: () => void
}

export const timeIsUp = (): Error => serverError(50, 'operation exceeded time limit')

/** Goes on until the time is up; nothing when it must go on later. */
const advance = ({ walk, deadline }: Job<unknown>, until: number): Outcome<unknown> | undefined => {
  try {
    for (;;) {
      const step = walk.next()
      if (step.done) return { value: step.value }
      const now = performance.now()
      if (now > deadline) throw timeIsUp()
      if (now >= until) return undefined
    }
  } catch (error) {
    return { error }
  }
}

export const createWalks = (sliceMs: number): Walks => {
  const queue: Job<unknown>[] = []
  const counts = { walks: 0, slices: 0 }
  let next: NodeJS.Immediate | undefined
  /** When the walks of this turn must let others in; undefined before the first of them. */
  let until: number | undefined

  const work = (job: Job<unknown>): void => {
    counts.slices++
    until ??= performance.now() + sliceMs
    next ??= setImmediate(turn)
    const outcome = advance(job, until)
    if (outcome) job.done(outcome)
    else queue.push(job)
  }

  const turn = (): void => {
    next = undefined
    until = undefined
    const first = queue.shift()
    if (first) work(first)
  }

  return {
    counts,
    start(job) {
      counts.walks++
      work(job as Job<unknown>)
    },
    stop() {
      clearImmediate(next)
      queue.length = 0
    },
  }
}
