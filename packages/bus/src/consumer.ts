import { type Applying, applyAgain, applyMessages, type ConsumerFailPoint, handlersByType } from './applying.ts'
import type { Bus, Extent, Log, Subscribed, SubscriptionState } from './bus.ts'
import { catchUp, type OwnersLogs } from './catch-up.ts'
import { type Chain, chain } from './chain.ts'
import type { Received } from './event.ts'
import { type Passed, passedOver } from './passed.ts'
import type { Inbox } from './ports.ts'
import type { Handler } from './reaction.ts'

export type ConsumerOptions = {
  readonly bus: Bus
  readonly inbox: Inbox
  /** `<service>.<reaction>` */
  readonly group: string
  readonly topics: readonly string[]
  readonly handlers: readonly Handler[]
  /** What the owners of the topics have recorded and published. */
  readonly owners: OwnersLogs
  readonly log: Log
  /** Told of each event that was parked because it could not be applied. */
  readonly parked?: (event: Received, reason: string) => void
  /** Told after each batch that was handled, also of what was passed over. */
  readonly handled?: (events: number) => void
  readonly failPoint?: ConsumerFailPoint
}

export type ConsumerState = SubscriptionState & {
  /** False while it is out of its group, or a partition stands still at a gap. */
  readonly healthy: boolean
  readonly gaps: number
  /** Since it was made: gaps that were found, and events that were read from their owner's log to close them. */
  readonly found: Found
  /** Partitions that wait for a fault to heal. */
  readonly retrying: number
}

/** A part that applies the events of others. */
export type EventConsumer = {
  readonly name: string
  readonly topics: readonly string[]
  /** Returns at once: a broker that is not there is waited for in the background. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly state: () => ConsumerState
  /** Events between the group's places and the ends of its topics. */
  readonly lag: () => Promise<bigint>
  readonly caughtUp: () => Promise<boolean>
  /** Applies the parked events of one aggregate, oldest first; throws the fault of the first that fails again. */
  readonly replay: (aggregateId: string) => Promise<void>
}

type Found = { readonly gaps: number; readonly events: number }

const STORE_PASSED_EVERY_MS = 5_000
const NOBODY: SubscriptionState = { connected: false, lastError: undefined, assigned: [] }

const stateOf = (subscribed: Subscribed | undefined, found: Found): ConsumerState => {
  const state = subscribed?.state() ?? NOBODY
  const waiting = (why: 'gap' | 'retry') => state.assigned.filter(({ waits }) => waits?.for === why).length
  const gaps = waiting('gap')
  return { ...state, gaps, found, retrying: waiting('retry'), healthy: state.connected && gaps === 0 }
}

/** How far a partition is from its end. A place that the bus does not have is a gap: then everything that is there is to come. */
const distance = ({ low, high }: Extent, next: bigint | undefined): bigint =>
  next === undefined || next < low || next > high ? high - low : high - next

const placesOf = async ({ inbox, group }: ConsumerOptions, state: ConsumerState, extent: Extent) => {
  const here = state.assigned.find(({ topic, partition }) => topic === extent.topic && partition === extent.partition)
  return here?.next ?? (await inbox.nextOffset(group, extent.topic, extent.partition))
}

type Working = {
  readonly applying: Applying
  readonly passed: Passed
  readonly links: Chain
  readonly found: { gaps: number; events: number }
}

const subscribing = (options: ConsumerOptions, { applying, passed, links, found }: Working) => {
  const { bus, inbox, group, topics, owners, handled, log } = options
  return bus.subscribe({
    group,
    topics,
    owed: links.owed,
    async next(extent) {
      const { topic, partition } = extent
      passed.forget(extent)
      const next = await inbox.nextOffset(group, topic, partition)
      await links.begin(extent)
      return next
    },
    async handle(messages) {
      const last = messages.at(-1)
      if (!last) return
      const known = links.known(messages)
      const stored = await applyMessages(applying, known)
      const { topic, partition } = last
      const stop = { topic, partition, next: last.offset + 1n, position: links.passed(last, known) }
      if (stored === stop.next) passed.forget(last)
      else passed.note(stop)
      handled?.(messages.length)
    },
    async gap(gap) {
      passed.forget(gap)
      const { next, position, events } = await catchUp(applying, bus, owners, gap)
      links.reached(gap, position)
      found.gaps++
      found.events += events
      log.warn({ group, topic: gap.topic, partition: gap.partition, events }, 'gap closed from the log of the owner')
      return next
    },
  })
}

export const consumer = (options: ConsumerOptions): EventConsumer => {
  const { bus, inbox, group, topics, log } = options
  const handlers = handlersByType(options.handlers)
  const { parked = () => undefined, failPoint } = options
  const applying: Applying = { group, inbox, handlers, log, parked, failPoint }
  const passed = passedOver(group, inbox, log)
  const links = chain({ group, topics, inbox, published: options.owners.published, log })
  const found = { gaps: 0, events: 0 }
  let subscribed: Subscribed | undefined
  let storing: NodeJS.Timeout | undefined

  const state = (): ConsumerState => stateOf(subscribed, { ...found })
  const lag = async (): Promise<bigint> => {
    const now = state()
    const ahead = (await bus.extents(topics)).map(async (extent) =>
      distance(extent, await placesOf(options, now, extent)),
    )
    return (await Promise.all(ahead)).reduce((sum, events) => sum + events, 0n)
  }
  return {
    name: `consumer ${group}`,
    topics,
    async start() {
      subscribed = subscribing(options, { applying, passed, links, found })
      storing = setInterval(() => void passed.store(), STORE_PASSED_EVERY_MS).unref()
    },
    async stop() {
      clearInterval(storing)
      await subscribed?.stop()
      await passed.store()
    },
    state,
    lag,
    async caughtUp() {
      const { gaps, assigned } = state()
      return gaps === 0 && (await lag()) === 0n && (await links.complete(assigned))
    },
    replay: (aggregateId) => inbox.parked.replay(group, aggregateId, applyAgain(handlers)),
  }
}
