import { type Applying, applyTogether } from './applying.ts'
import type { Bus, Gap } from './bus.ts'
import { contextOf, type StoredEvent } from './event.ts'

/** Reads the log of a context behind a position: over RPC, never from its store. */
export type ReadEvents = (context: string, afterPosition: bigint, limit: number) => Promise<readonly StoredEvent[]>

const CHUNK = 500

/**
 * Applies what the owner's log has for a partition behind the last position that the group has passed, then puts the group's
 * place to where the bus goes on. Of what is there twice, the inbox knows. Interrupted, it begins again where it was.
 */
export const catchUp = async (
  applying: Applying,
  bus: Pick<Bus, 'extents' | 'partitionOf'>,
  readEvents: ReadEvents,
  { topic, partition, expected, low }: Gap,
): Promise<bigint> => {
  const { group, inbox, handlers } = applying
  const partitions = (await bus.extents([topic])).length
  let after = (await inbox.lastPosition(group, topic, partition)) ?? 0n
  for (;;) {
    const events = await readEvents(contextOf(topic), after, CHUNK)
    const last = events.at(-1)
    if (!last) break
    const missing = events
      .filter(({ type, aggregateId }) => handlers.has(type) && bus.partitionOf(aggregateId, partitions) === partition)
      .map((event) => ({ ...event, topic, partition, offset: expected - 1n }))
    await applyTogether(applying, missing)
    after = last.position
  }
  await inbox.moveTo(group, topic, partition, low)
  return low
}
