import type { Clock } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { isDuplicate } from './faults.ts'

type Lease = { readonly _id: string; readonly holder: string; readonly until: Date }

/** Who alone does something for a while: relays, jobs, migrations. A holder says where it can be reached. */
export type Leases = {
  /** Takes or renews for so many milliseconds, or gives up with 0; false while another holds it. */
  readonly acquire: (name: string, holder: string, ttlMs: number) => Promise<boolean>
  readonly holder: (name: string) => Promise<string | undefined>
}

export const createLeases = (leases: mongo.Collection<Lease>, clock: Clock): Leases => ({
  async acquire(name, holder, ttlMs) {
    if (ttlMs === 0) return (await leases.deleteOne({ _id: name, holder })).deletedCount === 1
    const now = clock.now()
    try {
      await leases.findOneAndUpdate(
        { _id: name, $or: [{ holder }, { until: { $lte: now } }] },
        { $set: { holder, until: new Date(now.getTime() + ttlMs) } },
        { upsert: true },
      )
      return true
    } catch (error) {
      // Another holds it: the lease to be made is there already.
      if (isDuplicate(error)) return false
      throw error
    }
  },
  async holder(name) {
    const lease = await leases.findOne({ _id: name, until: { $gt: clock.now() } })
    return lease?.holder
  },
})
