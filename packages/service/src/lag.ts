import type { Bus } from '@saleswright/bus'
import type { Inbox } from '@saleswright/store'

/** A group of consumers, and the store that knows how far it has come. */
export type Group = {
  readonly name: string
  readonly topics: readonly string[]
  readonly inbox: Pick<Inbox, 'nextOffset'>
}

/** How many messages lie before each group that it has not passed. */
export const lagsOf = async (
  groups: readonly Group[],
  bus: Pick<Bus, 'extents'>,
): Promise<readonly { readonly group: string; readonly events: number }[]> => {
  const extents = await bus.extents([...new Set(groups.flatMap(({ topics }) => topics))])
  return Promise.all(
    groups.map(async ({ name, topics, inbox }) => {
      const behind = await Promise.all(
        extents
          .filter(({ topic, low, high }) => topics.includes(topic) && high > low)
          .map(async ({ topic, partition, low, high }) => {
            const next = (await inbox.nextOffset(name, topic, partition)) ?? low
            // What lay below `low` is gone from the bus; it comes from the owner's log.
            return next > low ? Number(high - next) : Number(high - low)
          }),
      )
      return { group: name, events: behind.reduce((sum, events) => sum + Math.max(events, 0), 0) }
    }),
  )
}
