import { pause } from './backoff.ts'
import type { Bus } from './bus.ts'
import type { EventConsumer } from './consumer.ts'
import type { Relay } from './relay.ts'

/** The parts that events flow through, in one process or seen from one. */
export type Flow = {
  readonly bus: Pick<Bus, 'extents'>
  readonly relays: readonly Pick<Relay, 'idle'>[]
  readonly consumers: readonly Pick<EventConsumer, 'caughtUp' | 'topics'>[]
}

const LOOK_EVERY_MS = 20

const all = async <T>(those: readonly T[], is: (one: T) => Promise<boolean>): Promise<boolean> =>
  (await Promise.all(those.map(is))).every(Boolean)

const endsOf = async ({ bus, consumers }: Flow): Promise<string> => {
  const extents = await bus.extents([...new Set(consumers.flatMap(({ topics }) => topics))])
  return extents.map(({ topic, partition, high }) => `${topic}/${partition}/${high}`).join(' ')
}

/**
 * While the ends of the topics did not move, all consumers were at them, so none of them stored anything more, and then nothing was
 * unsent: nothing is under way.
 */
const isQuiet = async (flow: Flow): Promise<boolean> => {
  const before = await endsOf(flow)
  if (!(await all(flow.consumers, (one) => one.caughtUp()))) return false
  if (!(await all(flow.relays, (one) => one.idle()))) return false
  return (await endsOf(flow)) === before
}

/** Waits until everything that was stored is published and applied, with all that this stored in turn. False when the signal came first. */
export const drained = async (flow: Flow, signal: AbortSignal): Promise<boolean> => {
  while (!signal.aborted) {
    if (await isQuiet(flow)) return true
    await pause(LOOK_EVERY_MS, signal)
  }
  return false
}
