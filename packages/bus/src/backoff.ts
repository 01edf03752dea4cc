import { setTimeout as wait } from 'node:timers/promises'

export type Backoff = { readonly firstMs: number; readonly mostMs: number }

/**
 * That of everything that waits for a broker, a store or an owner. Those waits follow upon each other, so the longest of them decides how
 * long after an outage its effects are complete.
 */
export const BACKOFF = { firstMs: 100, mostMs: 2_000 } satisfies Backoff

/** How long to wait before the attempt after this many failed ones: doubling up to the most, spread over its upper half so that many do not come back at once. */
export const pauseMs = (failures: number, { firstMs, mostMs }: Backoff, random = Math.random()): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + random / 2)

/** Waits so long, or until the signal; says whether time went by. */
export const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  wait(ms, true, { signal }).catch(() => false)

/** Calls until it succeeds, for ever; undefined when the signal came before that. */
export const persist = async <R>(
  attempt: () => Promise<R>,
  backoff: Backoff & { readonly failed: (error: unknown, failures: number, nextInMs: number) => void },
  signal: AbortSignal,
): Promise<R | undefined> => {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await attempt()
    } catch (error) {
      const ms = pauseMs(failures, backoff)
      backoff.failed(error, failures, ms)
      await pause(ms, signal)
    }
  }
  return undefined
}
