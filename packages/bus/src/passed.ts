import type { Log, Place } from './bus.ts'
import type { Inbox, Stop } from './ports.ts'

/** How far a group is behind its stored place because what came since concerned it not. */
export type Passed = {
  readonly note: (stop: Stop) => void
  readonly forget: (place: Place) => void
  /** Stores what was noted, so that nobody reads it again after the bus has dropped it. */
  readonly store: () => Promise<void>
}

/**
 * Most events concern few reactions: a transaction for each that is passed over would cost more than those that are applied. A
 * crash only makes them be passed over again.
 */
export const passedOver = (group: string, inbox: Pick<Inbox, 'passTo'>, log: Log): Passed => {
  const noted = new Map<string, Stop>()
  const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`
  return {
    note: (stop) => void noted.set(keyOf(stop), stop),
    forget: (place) => void noted.delete(keyOf(place)),
    async store() {
      const all = [...noted.values()]
      noted.clear()
      if (all.length === 0) return
      await inbox.passTo(group, all).catch((err: unknown) => {
        log.warn({ err, group }, 'places could not be stored; trying again')
        for (const place of all) if (!noted.has(keyOf(place))) noted.set(keyOf(place), place)
      })
    },
  }
}
