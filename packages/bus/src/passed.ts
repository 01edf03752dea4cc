import type { Log, Place } from './bus.ts'
import type { Inbox } from './ports.ts'

/** How far a group is behind its stored place because what came since concerned it not. */
export type Passed = {
  readonly note: (place: Place, next: bigint) => void
  readonly forget: (place: Place) => void
  /** Stores what was noted, so that nobody reads it again after the bus has dropped it. */
  readonly store: () => Promise<void>
}

/**
 * Most events concern few reactions: a transaction for each that is passed over would cost more than those that are applied. A
 * crash only makes them be passed over again.
 */
export const passedOver = (group: string, inbox: Pick<Inbox, 'nextOffset' | 'moveTo'>, log: Log): Passed => {
  const noted = new Map<string, Place & { readonly next: bigint }>()
  const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`
  const storeOne = async ({ topic, partition, next }: Place & { readonly next: bigint }): Promise<void> => {
    // Another member may have come further since.
    const stored = await inbox.nextOffset(group, topic, partition)
    if (stored === undefined || stored < next) await inbox.moveTo(group, topic, partition, next)
  }
  return {
    note: ({ topic, partition }, next) => void noted.set(keyOf({ topic, partition }), { topic, partition, next }),
    forget: (place) => void noted.delete(keyOf(place)),
    async store() {
      const all = [...noted.entries()]
      noted.clear()
      for (const [key, place] of all) {
        await storeOne(place).catch((err: unknown) => {
          log.warn({ err, group, place: key }, 'a place could not be stored; trying again')
          if (!noted.has(key)) noted.set(key, place)
        })
      }
    },
  }
}
