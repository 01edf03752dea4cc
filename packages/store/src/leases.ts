import { newId } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { isDuplicate } from './faults.ts'

export type Lease = {
  readonly _id: string
  readonly holder: string
  /** Another one with each renewal; an earlier version wrote none. */
  readonly term?: string
  readonly ttlMs?: number
}

const LONGEST_MS = 30_000

/** Who alone does something for a while: relays, jobs, migrations. A holder says where it can be reached. */
export type Leases = {
  /** Takes or renews for so many milliseconds, or gives up with 0; false while another holds it. */
  readonly acquire: (name: string, holder: string, ttlMs: number) => Promise<boolean>
  /** Who took it last, and has not given it up. */
  readonly holder: (name: string) => Promise<string | undefined>
}

type Watched = { readonly term: string | null; readonly ttlMs: number; readonly since: number }

/**
 * A lease is over for whoever saw it unrenewed for as long as it lasts, by a clock of its own that nobody sets: the calendars of two
 * machines differ, and one that is set forward would take what another still holds. Its own holder takes it again at any time.
 */
export const createLeases = (
  leases: mongo.Collection<Lease>,
  monotonic: () => number = () => performance.now(),
): Leases => {
  const watched = new Map<string, Watched>()
  const watch = async (name: string): Promise<void> => {
    const lease = await leases.findOne({ _id: name })
    const { term = null, ttlMs = LONGEST_MS } = lease ?? {}
    if (!lease) watched.delete(name)
    else if (watched.get(name)?.term !== term) watched.set(name, { term, ttlMs, since: monotonic() })
  }
  const ownOrOver = (holder: string, seen: Watched | undefined): mongo.Filter<Lease> => {
    if (!seen || monotonic() - seen.since < seen.ttlMs) return { holder }
    return { $or: [{ holder }, { term: seen.term as string }] }
  }
  return {
    async acquire(name, holder, ttlMs) {
      if (ttlMs === 0) return (await leases.deleteOne({ _id: name, holder })).deletedCount === 1
      try {
        await leases.findOneAndUpdate(
          { _id: name, ...ownOrOver(holder, watched.get(name)) },
          { $set: { holder, term: newId(), ttlMs } },
          { upsert: true },
        )
        watched.delete(name)
        return true
      } catch (error) {
        // Another holds it: the lease to be made is there already.
        if (!isDuplicate(error)) throw error
        await watch(name)
        return false
      }
    },
    async holder(name) {
      const lease = await leases.findOne({ _id: name })
      return lease?.holder
    },
  }
}
