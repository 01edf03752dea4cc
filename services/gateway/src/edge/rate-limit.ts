import { AppError, type Clock } from '@saleswright/kernel'
import { LRUCache } from 'lru-cache'

/** A bucket of tokens: `burst` at once, refilled at `perMinute`. */
export type RatePolicy = { readonly name: string; readonly perMinute: number; readonly burst: number }

type Bucket = { tokens: number; at: number }

export type Allowance = { readonly remaining: number; readonly resetSeconds: number }

export type RateLimiter = {
  /** Takes a token of the caller's bucket, or throws `rate_limited` with how long to wait. */
  readonly take: (caller: string, policy: RatePolicy) => Allowance
}

/** How many callers are remembered; the one that was not heard of the longest begins with a full bucket again. */
const CALLERS = 50_000

/** Limits the requests of each caller, in the memory of this process: several gateways allow as many times as much. */
export const rateLimiter = (clock: Clock): RateLimiter => {
  const buckets = new LRUCache<string, Bucket>({ max: CALLERS })
  return {
    take(caller, { name, perMinute, burst }) {
      const key = `${name}|${caller}`
      const now = clock.now().getTime()
      const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now }
      const filled = Math.min(burst, tokens + (Math.max(0, now - at) * perMinute) / 60_000)
      const secondsFor = (missing: number) => Math.max(0, Math.ceil((missing * 60) / perMinute))
      const left = filled < 1 ? filled : filled - 1
      buckets.set(key, { tokens: left, at: now })
      if (filled < 1) {
        const wait = secondsFor(1 - filled)
        throw new AppError('limited', 'rate_limited', { seconds: String(wait) }, { retryAfterSeconds: wait })
      }
      return { remaining: Math.floor(left), resetSeconds: secondsFor(burst - left) }
    },
  }
}
