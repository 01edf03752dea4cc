import { SaleswrightError } from './saleswright-error.ts'

export type RetryPolicy = {
  /** Of one call, the first one counted. */
  readonly attempts: number
  readonly firstWaitMs: number
  readonly longestWaitMs: number
}

export const RETRIES: RetryPolicy = { attempts: 6, firstWaitMs: 200, longestWaitMs: 20_000 }

/** What passes by itself: no answer, too many requests, not possible now, a gateway without its service. */
const PASSING: ReadonlySet<number> = new Set([0, 429, 502, 503, 504])

/**
 * How long to wait before the next attempt, or undefined where none makes sense. Without a word of the platform somewhere between
 * nothing and a span that doubles, so that many callers do not come back at once; what the platform asks for is waited at least,
 * and what it asks beyond the longest wait is for the caller to decide.
 */
export const waitBefore = (
  failure: unknown,
  attempt: number,
  { attempts, firstWaitMs, longestWaitMs }: RetryPolicy,
  random: () => number,
): number | undefined => {
  if (!(failure instanceof SaleswrightError) || attempt >= attempts) return undefined
  const { status, code, retryAfterSeconds } = failure
  // Another attempt with the same key is under way: its answer will be there.
  if (!PASSING.has(status) && code !== 'command_in_progress') return undefined
  const jitter = random() * Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs)
  const asked = (retryAfterSeconds ?? 0) * 1000
  return asked > longestWaitMs ? undefined : asked + jitter
}
