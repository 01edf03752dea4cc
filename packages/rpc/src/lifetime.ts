import { cancelled, late } from './headers.ts'
import { type CallMetadata, DEFAULT_DEADLINE_MS } from './transport.ts'

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How long a call may run. `signal` is aborted, with the refusal as its reason, when the caller goes away or the deadline passes. */
export type Lifetime = {
  readonly deadline: Date
  readonly signal: AbortSignal
  /** The work's own answer, or the refusal as soon as the time is over. Work is not begun when it is over already. */
  readonly within: <R>(work: () => Promise<R>) => Promise<R>
  readonly end: () => void
}

export const lifetimeOf = ({ deadline: wished, signal: outer }: CallMetadata): Lifetime => {
  const deadline = wished ?? new Date(Date.now() + DEFAULT_DEADLINE_MS)
  const left = deadline.getTime() - Date.now()
  const over = new AbortController()
  const passed = () => over.abort(late())
  const leave = () => over.abort(cancelled(outer?.reason))
  const timer = setTimeout(passed, Math.min(Math.max(left, 0), LONGEST_TIMER_MS))
  outer?.addEventListener('abort', leave, { once: true })
  if (outer?.aborted) leave()
  if (left <= 0) passed()
  return {
    deadline,
    signal: over.signal,
    within: (work) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(over.signal.reason)
        if (over.signal.aborted) return stop()
        over.signal.addEventListener('abort', stop, { once: true })
        work().then(resolve, reject)
      }),
    end: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', leave)
    },
  }
}
