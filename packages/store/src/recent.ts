import { LRUCache } from 'lru-cache'
import type { Stored } from './plan.ts'

/**
 * Records as this process stored them last: who goes on with one need not ask for it. What is taken from here counts only once it
 * is checked, by the version that its write names or by a look at the version that is stored.
 */
export type Recent = {
  readonly find: (key: string) => Stored | undefined
  /** The version that this process knows to be stored, also while it trusts nothing. */
  readonly version: (key: string) => number
  readonly keep: (key: string, document: Stored | undefined) => void
  /** What an attempt that failed wanted to write is asked for before anything is said of it again. */
  readonly forget: (keys: readonly string[]) => void
  /** Something kept was no longer so: others write here too. For a while everything is asked for. */
  readonly doubt: () => void
}

const KEPT = 1_000
/** Whoever mends a record by hand, past its version, waits so long. */
const KEPT_MS = 30_000
const DOUBT_MS = 1_000

export const createRecent = (): Recent => {
  const kept = new LRUCache<string, Stored>({ max: KEPT, ttl: KEPT_MS })
  let doubtedAt = Number.NEGATIVE_INFINITY
  return {
    find: (key) => (performance.now() < doubtedAt + DOUBT_MS ? undefined : kept.get(key)),
    version: (key) => kept.peek(key)?.version ?? 0,
    keep(key, document) {
      if (document) kept.set(key, document)
      else kept.delete(key)
    },
    forget(keys) {
      for (const key of keys) kept.delete(key)
    },
    doubt() {
      kept.clear()
      doubtedAt = performance.now()
    },
  }
}
