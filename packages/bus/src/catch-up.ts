import { type Applying, applyTogether } from './applying.ts'
import type { Bus, Gap } from './bus.ts'
import { contextOf, type Published, type StoredEvent } from './event.ts'

/** Reads the log of a context behind a position: over RPC, never from its store. */
export type ReadEvents = (context: string, afterPosition: bigint, limit: number) => Promise<readonly StoredEvent[]>

/** The log of a context, as its owner tells it. */
export type OwnersLogs = {
  readonly readEvents: ReadEvents
  /** How far the owner has numbered and published. */
  readonly published: (context: string) => Promise<Published>
}

/** Where a partition goes on, and the position up to which the group has had everything of it. */
export type CaughtUp = { readonly next: bigint; readonly position: bigint; readonly events: number }

const CHUNK = 500

const most = (...positions: readonly (bigint | undefined)[]): bigint =>
  positions.reduce<bigint>((high, position = 0n) => (position > high ? position : high), 0n)

/**
 * Applies what the owner's log has for a partition behind the last position that the group has passed, then puts the group's
 * place to where the bus goes on. Of what is there twice, the inbox knows. Interrupted, it begins again where it was.
 */
export const catchUp = async (
  applying: Applying,
  bus: Pick<Bus, 'extents' | 'partitionOf'>,
  { readEvents, published }: OwnersLogs,
  { topic, partition, expected, low, high, lacks }: Gap,
): Promise<CaughtUp> => {
  const { group, inbox, handlers } = applying
  const context = contextOf(topic)
  const partitions = (await bus.extents([topic])).length
  const { numbered } = await published(context)
  let after = (await inbox.lastPosition(group, topic, partition)) ?? 0n
  let applied = 0
  for (;;) {
    const events = await readEvents(context, after, CHUNK)
    const last = events.at(-1)
    if (!last) break
    const missing = events
      .filter(({ type, aggregateId }) => handlers.has(type) && bus.partitionOf(aggregateId, partitions) === partition)
      .map((event) => ({ ...event, topic, partition, offset: expected - 1n }))
    await applyTogether(applying, missing)
    applied += missing.length
    after = last.position
  }
  // What the owner does not have any more can never be made up for: then the partition goes on without it.
  const position = most(after, numbered, lacks)
  const next = expected >= low && expected <= high ? expected : low
  await inbox.moveTo(group, { topic, partition, next, position })
  return { next, position, events: applied }
}
