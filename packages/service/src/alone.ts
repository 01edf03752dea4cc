import type { Store } from '@saleswright/store'

/**
 * Does what one replica does at a time, under a lease that is renewed while it works and given up when it has ended, however it
 * ended; undefined where another replica holds it. The signal is aborted when the lease was lost: another has begun the work by then.
 */
export type Alone = <R>(
  name: string,
  work: (signal: AbortSignal) => Promise<R>,
) => Promise<{ readonly result: R } | undefined>

const LEASE_MS = 15_000

export const aloneUnder =
  ({ acquireLease }: Pick<Store['eventLog'], 'acquireLease'>, holder: string): Alone =>
  async (name, work) => {
    if (!(await acquireLease(name, holder, LEASE_MS))) return undefined
    const lost = new AbortController()
    const renew = () =>
      acquireLease(name, holder, LEASE_MS).then(
        (held) => held || lost.abort(new Error(`the lease of ${name} was lost`)),
        (error: unknown) => lost.abort(error),
      )
    const renewing = setInterval(() => void renew(), LEASE_MS / 3)
    try {
      return { result: await work(lost.signal) }
    } finally {
      clearInterval(renewing)
      if (!lost.signal.aborted) await acquireLease(name, holder, 0)
    }
  }
