import type { Clock } from '@saleswright/kernel'
import { LRUCache } from 'lru-cache'

/** A bucket of tokens: `burst` at once, refilled at `perMinute`. */
export type RatePolicy = { readonly name: string; readonly perMinute: number; readonly burst: number }

type Bucket = { readonly tokens: number; readonly at: number }

/** Whether the request may go on, how many more may follow at once, and in how many seconds there is one, or a full bucket. */
type Allowance = { readonly allowed: boolean; readonly remaining: number; readonly resetSeconds: number }

export type RateLimiter = { readonly take: (caller: string, policy: RatePolicy) => Allowance }

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
      const allowed = filled >= 1
      const left = allowed ? filled - 1 : filled
      buckets.set(key, { tokens: left, at: now })
      return { allowed, remaining: Math.floor(left), resetSeconds: secondsFor(allowed ? burst - left : 1 - left) }
    },
  }
}
