import { maskedMessage } from '@saleswright/kernel'
import { BACKOFF, pause, pauseMs, persist } from './backoff.ts'
import {
  type Arrived,
  type Extent,
  type Gap,
  Hole,
  type Log,
  type Place,
  type Subscription,
  type Waits,
} from './bus.ts'

/** What is steered of the client that fetches. */
export type Steering = {
  readonly seek: (place: Place, offset: bigint) => void
  readonly pause: (place: Place) => void
  readonly resume: (place: Place) => void
  readonly extents: () => Promise<readonly Extent[]>
}

/** What the client fetched of one partition. `consumed` is told the last offset that was handled. */
export type Fetched = Place & {
  readonly messages: readonly Arrived[]
  readonly running: () => boolean
  readonly consumed: (offset: bigint) => void
}

/** A partition while it is assigned to this member. */
export type Tracked = {
  readonly place: Place
  readonly subscription: Subscription
  readonly steering: Steering
  readonly log: Log
  /** The partition is another's from here on. */
  readonly over: AbortSignal
  next: bigint | undefined
  waits: Waits | undefined
  /** Where the client was put because something else came than was expected; when it comes again, that is a gap. */
  sought: bigint | undefined
}

/** What is handled at once: enough to make one transaction worth its while, few enough to keep it short. */
const SLICE = 500

const outside = ({ low, high }: Extent, offset: bigint): boolean => offset < low || offset > high

const extentOf = async ({ place, steering }: Tracked): Promise<Extent> => {
  const extents = await steering.extents()
  const found = extents.find(({ topic, partition }) => topic === place.topic && partition === place.partition)
  if (!found) throw new Error(`the bus does not know partition ${place.partition} of ${place.topic}`)
  return found
}

const goOn = (tracked: Tracked, offset: bigint): void => {
  const { place, steering, over } = tracked
  if (over.aborted) return
  tracked.next = offset
  tracked.waits = undefined
  tracked.sought = undefined
  steering.seek(place, offset)
  steering.resume(place)
}

/** Nothing of the partition is delivered until the subscriber has made up for what is gone. */
const bridge = async (tracked: Tracked, gap: Gap): Promise<void> => {
  const { place, subscription, steering, log, over } = tracked
  const { expected, low, high, lacks } = gap
  const where = { ...place, expected: `${expected}`, low: `${low}`, high: `${high}`, lacks: lacks && `${lacks}` }
  log.error(where, 'a partition does not go on where it stopped: it stands still until its gap is made up for')
  tracked.waits = { for: 'gap', attempts: 0, error: undefined }
  steering.pause(place)
  const failed = (error: unknown, attempts: number, nextInMs: number): void => {
    tracked.waits = { for: 'gap', attempts, error: maskedMessage(error) }
    log.error({ ...where, err: error, attempts, nextInMs }, 'a gap could not be made up for; trying again')
  }
  const offset = await persist(() => subscription.gap(gap), { ...BACKOFF, failed }, over)
  if (offset === undefined) return
  log.warn({ ...where, next: String(offset) }, 'a gap is made up for; the partition goes on')
  goOn(tracked, offset)
}

/** Puts the client to the stored offset; again until the store and the broker have answered. */
export const locate = async (tracked: Tracked): Promise<void> => {
  const { place, subscription, log, over } = tracked
  const failed = (error: unknown, attempts: number, nextInMs: number): void => {
    tracked.waits = { for: 'retry', attempts, error: maskedMessage(error) }
    log.error({ ...place, err: error, attempts, nextInMs }, 'could not find where to go on; trying again')
  }
  const ask = async () => {
    const extent = await extentOf(tracked)
    return [await subscription.next(extent), extent] as const
  }
  const found = await persist(ask, { ...BACKOFF, failed }, over)
  if (!found) return
  const [stored, extent] = found
  if (stored !== undefined && outside(extent, stored)) void bridge(tracked, { ...extent, expected: stored })
  else goOn(tracked, stored ?? extent.low)
}

/** Something else came than was expected: the client stood elsewhere, or what was expected is gone. */
const mismatched = async (tracked: Tracked, expected: bigint, first: bigint): Promise<void> => {
  const extent = await extentOf(tracked)
  if (tracked.over.aborted) return
  if (outside(extent, expected)) void bridge(tracked, { ...extent, expected })
  else if (tracked.sought === expected && first > expected) void bridge(tracked, { ...extent, low: first, expected })
  else {
    tracked.sought = expected
    tracked.steering.seek(tracked.place, expected)
  }
}

const later = async (tracked: Tracked, error: unknown): Promise<void> => {
  const { place, steering, log, over } = tracked
  const attempts = (tracked.waits?.attempts ?? 0) + 1
  const nextInMs = pauseMs(attempts, BACKOFF)
  tracked.waits = { for: 'retry', attempts, error: maskedMessage(error) }
  log.error({ ...place, err: error, attempts, nextInMs }, 'messages could not be handled; trying again')
  steering.pause(place)
  if (await pause(nextInMs, over)) steering.resume(place)
}

const stumbled = async (tracked: Tracked, error: unknown): Promise<void> => {
  const { next, over } = tracked
  if (!(error instanceof Hole) || next === undefined) return later(tracked, error)
  const extent = await extentOf(tracked).catch((fault: unknown) => later(tracked, fault))
  if (extent && !over.aborted) await bridge(tracked, { ...extent, expected: next, lacks: error.lacks })
}

/** The messages up to where an offset is left out. */
const withoutHole = (messages: readonly Arrived[]): readonly Arrived[] => {
  const first = messages[0]?.offset ?? 0n
  const hole = messages.findIndex(({ offset }, index) => offset !== first + BigInt(index))
  return hole < 0 ? messages : messages.slice(0, hole)
}

const handleInSlices = async (tracked: Tracked, { messages, running, consumed }: Fetched): Promise<void> => {
  const whole = withoutHole(messages)
  for (let from = 0; from < whole.length && running() && !tracked.over.aborted; from += SLICE) {
    const slice = whole.slice(from, from + SLICE)
    await tracked.subscription.handle(slice)
    const last = slice.at(-1)?.offset
    if (last === undefined) return
    tracked.next = last + 1n
    tracked.waits = undefined
    tracked.sought = undefined
    consumed(last)
  }
}

/** Handles what is the expected; everything else makes the client fetch again from where it shall. */
export const deliver = async (tracked: Tracked, fetched: Fetched): Promise<void> => {
  const first = fetched.messages[0]?.offset
  if (first === undefined || tracked.next === undefined || tracked.waits?.for === 'gap') return
  if (!fetched.running()) return
  try {
    if (first === tracked.next) await handleInSlices(tracked, fetched)
    else await mismatched(tracked, tracked.next, first)
  } catch (error) {
    if (!tracked.over.aborted) void stumbled(tracked, error)
  }
}

/** What is known of a partition beside what it holds now: where it was read before that was asked, and what the group lacks. */
type Known = { readonly before: bigint | undefined; readonly lacks: bigint | undefined }

/** Messages may go while the partition waits for them, and without a next one nobody would notice. */
export const inspect = (tracked: Tracked, extent: Extent, { before, lacks }: Known): void => {
  const { next, waits } = tracked
  if (next === undefined || waits?.for === 'gap') return
  const rewound = before !== undefined && before > extent.high
  if (next < extent.low || rewound) void bridge(tracked, { ...extent, expected: next })
  else if (lacks !== undefined && next >= extent.high) void bridge(tracked, { ...extent, expected: next, lacks })
}
