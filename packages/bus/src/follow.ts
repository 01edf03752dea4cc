import { pause } from './backoff.ts'
import type { Log, Place, Subscription, SubscriptionState } from './bus.ts'
import { deliver, type Fetched, inspect, locate, type Steering, type Tracked } from './tracked.ts'

/**
 * Delivers exactly from the stored offsets on, whatever the client below does: it goes by its own committed offsets and, where
 * those lie outside of what the broker keeps, jumps without a word. What comes is compared with what is expected, always.
 */
export type Follower = {
  /** These partitions and no others are this member's now. Returns when it is known where each goes on, or they are another's. */
  readonly assign: (places: readonly Place[], steering: Steering) => Promise<void>
  /** Returns when the messages are handled or left for later. */
  readonly deliver: (fetched: Fetched) => Promise<void>
  /** Finds partitions whose next message is gone, or that lack what their owner published, although none came since. */
  readonly check: () => Promise<void>
  readonly state: () => SubscriptionState['assigned']
  readonly stop: () => void
}

/** Waiting longer would keep the member from learning that the group changes. */
const LOCATE_MS = 3_000

const keyOf = ({ topic, partition }: Place): string => `${topic}/${partition}`

type Assigned = {
  readonly partitions: ReadonlyMap<string, Tracked & { located: Promise<void> }>
  readonly by: Steering
}

const nothing = (): undefined => undefined

export const follow = (subscription: Subscription, log: Log): Follower => {
  let over = new AbortController()
  let assigned: Assigned | undefined

  const track = (place: Place, steering: Steering) => {
    const from = { place, subscription, steering, log, over: over.signal }
    const tracked: Tracked = { ...from, next: undefined, waits: undefined, sought: undefined }
    steering.resume(place)
    return Object.assign(tracked, { located: locate(tracked) })
  }

  return {
    async assign(places, by) {
      over.abort()
      over = new AbortController()
      assigned = { by, partitions: new Map(places.map((place) => [keyOf(place), track(place, by)])) }
      await Promise.all([...assigned.partitions.values()].map(({ located }) => located))
    },
    async deliver(fetched) {
      const tracked = assigned?.partitions.get(keyOf(fetched))
      if (!tracked) return
      await Promise.race([tracked.located, pause(LOCATE_MS, tracked.over)])
      await deliver(tracked, fetched)
    },
    async check() {
      const now = assigned
      if (!now) return
      const before = new Map([...now.partitions].map(([key, { next }]) => [key, next]))
      // Asked before the bus is: what is published until then is there, or lost.
      const owed = (await subscription.owed?.()) ?? nothing
      for (const extent of await now.by.extents()) {
        const tracked = now.partitions.get(keyOf(extent))
        if (!tracked || tracked.over.aborted) continue
        inspect(tracked, extent, { before: before.get(keyOf(extent)), lacks: owed(extent) })
      }
    },
    state: () =>
      [...(assigned?.partitions.values() ?? [])].map(({ place, next, waits }) => ({ ...place, next, waits })),
    stop() {
      over.abort()
      assigned = undefined
    },
  }
}
