import { type Applying, applyAgain, applyMessages, type ConsumerFailPoint, handlersByType } from './applying.ts'
import type { Arrived, Bus, Extent, Log, Place, Subscribed, SubscriptionState } from './bus.ts'
import { catchUp, type ReadEvents } from './catch-up.ts'
import type { Received } from './event.ts'
import { passedOver } from './passed.ts'
import type { Inbox } from './ports.ts'
import type { Handler } from './reaction.ts'

export type ConsumerOptions = {
  readonly bus: Bus
  readonly inbox: Inbox
  /** `<service>.<reaction>` */
  readonly group: string
  readonly topics: readonly string[]
  readonly handlers: readonly Handler[]
  readonly readEvents: ReadEvents
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

const STORE_PASSED_EVERY_MS = 5_000
const NOBODY: SubscriptionState = { connected: false, lastError: undefined, assigned: [] }

const stateOf = (subscribed: Subscribed | undefined): ConsumerState => {
  const state = subscribed?.state() ?? NOBODY
  const waiting = (why: 'gap' | 'retry') => state.assigned.filter(({ waits }) => waits?.for === why).length
  const gaps = waiting('gap')
  return { ...state, gaps, retrying: waiting('retry'), healthy: state.connected && gaps === 0 }
}

/** How far a partition is from its end. A place that the bus does not have is a gap: then everything that is there is to come. */
const distance = ({ low, high }: Extent, next: bigint | undefined): bigint =>
  next === undefined || next < low || next > high ? high - low : high - next

const placesOf = async ({ inbox, group }: ConsumerOptions, state: ConsumerState, extent: Extent) => {
  const here = state.assigned.find(({ topic, partition }) => topic === extent.topic && partition === extent.partition)
  return here?.next ?? (await inbox.nextOffset(group, extent.topic, extent.partition))
}

const subscribing = (options: ConsumerOptions, applying: Applying, passed: ReturnType<typeof passedOver>) => {
  const { bus, inbox, group, topics, readEvents, handled } = options
  return bus.subscribe({
    group,
    topics,
    next({ topic, partition }: Place) {
      passed.forget({ topic, partition })
      return inbox.nextOffset(group, topic, partition)
    },
    async handle(messages: readonly Arrived[]) {
      const last = messages.at(-1)
      if (!last) return
      const stored = await applyMessages(applying, messages)
      if (stored === last.offset + 1n) passed.forget(last)
      else passed.note(last, last.offset + 1n)
      handled?.(messages.length)
    },
    gap: (gap) => catchUp(applying, bus, readEvents, gap),
  })
}

export const consumer = (options: ConsumerOptions): EventConsumer => {
  const { bus, inbox, group, topics, log } = options
  const handlers = handlersByType(options.handlers)
  const { parked = () => undefined, failPoint } = options
  const applying: Applying = { group, inbox, handlers, log, parked, failPoint }
  const passed = passedOver(group, inbox, log)
  let subscribed: Subscribed | undefined
  let storing: NodeJS.Timeout | undefined

  const state = (): ConsumerState => stateOf(subscribed)
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
      subscribed = subscribing(options, applying, passed)
      storing = setInterval(() => void passed.store(), STORE_PASSED_EVERY_MS).unref()
    },
    async stop() {
      clearInterval(storing)
      await subscribed?.stop()
      await passed.store()
    },
    state,
    lag,
    caughtUp: async () => state().gaps === 0 && (await lag()) === 0n,
    replay: (aggregateId) => inbox.parked.replay(group, aggregateId, applyAgain(handlers)),
  }
}
