import { maskedMessage } from '@saleswright/kernel'
import { BACKOFF, pause, pauseMs } from './backoff.ts'
import { type Bell, createBell } from './bell.ts'
import type { Bus, Log, Message } from './bus.ts'
import type { Ends, StoredEvent } from './event.ts'
import { messageOf } from './headers.ts'
import type { EventLog } from './ports.ts'

export type RelayOptions = {
  readonly log: EventLog
  readonly bus: Pick<Bus, 'ensure' | 'extents' | 'partitionOf' | 'publish'>
  readonly topic: string
  /** Who takes the lease: an address under which this process can be woken. */
  readonly holder: string
  readonly logger: Log
  /** Told after each batch that was published and marked. */
  readonly published?: (events: number) => void
  /** Called between the broker's answer and the mark: tests stop here. */
  readonly failPoint?: (name: 'relay.published') => Promise<void>
  readonly pollEveryMs?: number
  readonly leaseMs?: number
}

export type RelayState = {
  readonly holdsLease: boolean
  /** Failed attempts since the last that succeeded. */
  readonly failures: number
  /** Without what somebody entered. */
  readonly lastError: string | undefined
  readonly published: number
}

/** A part that publishes what a service's transactions stored. */
export type Relay = {
  readonly name: string
  readonly start: () => Promise<void>
  /** Publishes what is there, for at most a few seconds, and gives the lease up. What it does not reach stays unsent. */
  readonly stop: () => Promise<void>
  /** There is something to publish, says another process. */
  readonly wake: () => void
  readonly state: () => RelayState
  /** Whether everything is published, by whichever process. */
  readonly idle: () => Promise<boolean>
}

type Running = {
  readonly options: Required<RelayOptions>
  readonly stopping: AbortSignal
  readonly bell: Bell
  leaseUntil: number
  /** The last position in each partition; undefined until the topic is there. */
  ends: Ends | undefined
  failures: number
  lastError: string | undefined
  published: number
}

const BATCH = 500
const FLUSH_MS = 5_000
/** Who is woken by each of many commits works on them together: it rests as long as it worked, but no longer than this. */
const GATHER_MS = 25

const leaseName = (topic: string): string => `relay ${topic}`

/** Renewed when a third of it is over. It runs by the clock that nobody sets back. */
const hasLease = async (running: Running): Promise<boolean> => {
  const { log, holder, topic, leaseMs } = running.options
  const now = performance.now()
  if (now < running.leaseUntil - (leaseMs * 2) / 3) return true
  const acquired = await log.acquireLease(leaseName(topic), holder, leaseMs)
  // Another may have published since.
  if (now >= running.leaseUntil) running.ends = undefined
  running.leaseUntil = acquired ? now + leaseMs : 0
  return acquired
}

/** A log that was published before the ends of partitions were noted may have put anything into any of them. */
const endsOf = async ({ log, bus, topic }: RelayOptions): Promise<Ends> => {
  await bus.ensure([topic])
  const partitions = (await bus.extents([topic])).length
  const { sent, ends } = await log.published()
  const unknown = ends.size === 0 ? sent : 0n
  return new Map(Array.from({ length: partitions }, (_, partition) => [partition, ends.get(partition) ?? unknown]))
}

/** The message of the next event, behind what its partition holds. */
const linked = (event: StoredEvent, ends: Map<number, bigint>, bus: Pick<Bus, 'partitionOf'>): Message => {
  const partition = bus.partitionOf(event.aggregateId, ends.size)
  const previous = ends.get(partition) ?? 0n
  ends.set(partition, event.position)
  return messageOf(event, previous)
}

/** Publishes a batch, then marks it: a crash in between publishes it again, and consumers know it by its ids. */
const publish = async (running: Running, events: readonly StoredEvent[]): Promise<void> => {
  const { log, bus, topic, failPoint, published } = running.options
  const ends = new Map(running.ends ?? (await endsOf(running.options)))
  const messages = events.map((event) => linked(event, ends, bus))
  await bus.publish(topic, messages)
  await failPoint('relay.published')
  await log.markSent(events, ends)
  running.ends = ends
  running.published += events.length
  published(events.length)
}

/** Read while another batch is published; whoever publishes that in vain never waits for it. */
const readAhead = (log: EventLog, events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> => {
  const next = log.unsent(BATCH, events.at(-1)?.position)
  next.catch(() => undefined)
  return next
}

/** Until nothing is left but what the bell tells of. Gives how long to rest then. */
const drain = async (running: Running, signal: AbortSignal): Promise<number> => {
  const { log, pollEveryMs, leaseMs } = running.options
  let ahead: Promise<readonly StoredEvent[]> | undefined
  do {
    if (!(await hasLease(running))) return leaseMs / 4
    const events = await (ahead ?? log.unsent(BATCH))
    // What was asked for too early to be there is asked for again.
    if (events.length === 0 && !ahead) return pollEveryMs
    const more = events.length >= BATCH / 2
    ahead = more && !signal.aborted ? readAhead(log, events) : undefined
    if (events.length > 0) await publish(running, events)
    if (!more && events.length > 0) return pollEveryMs
  } while (!signal.aborted)
  return pollEveryMs
}

const failed = (running: Running, error: unknown): number => {
  const { logger, topic } = running.options
  running.failures++
  running.ends = undefined
  running.lastError = maskedMessage(error)
  const nextInMs = pauseMs(running.failures, BACKOFF)
  logger.error(
    { err: error, topic, failures: running.failures, nextInMs },
    'events could not be published; trying again',
  )
  return nextInMs
}

const round = async (running: Running, signal: AbortSignal): Promise<number> => {
  try {
    const rest = await drain(running, signal)
    running.failures = 0
    running.lastError = undefined
    return rest
  } catch (error) {
    return failed(running, error)
  }
}

const live = async (running: Running): Promise<void> => {
  const { stopping, bell } = running
  while (!stopping.aborted) {
    bell.reset()
    const [began, before] = [performance.now(), running.published]
    const rest = await round(running, stopping)
    const worked = running.published > before ? performance.now() - began : 0
    // A broker that does not answer is not asked more often because there is more to say.
    if (running.failures > 0) await pause(rest, stopping)
    else if (!stopping.aborted) {
      if (worked > 0) await pause(Math.min(worked, GATHER_MS), stopping)
      await bell.rest(rest)
    }
  }
}

/** Whether it ended in time. */
const within = async (work: Promise<unknown>, late: AbortSignal): Promise<boolean> => {
  const timeUp = new Promise<false>((resolve) => {
    if (late.aborted) resolve(false)
    else late.addEventListener('abort', () => resolve(false), { once: true })
  })
  return Promise.race([work.then(() => true), timeUp])
}

const flush = async (running: Running, late: AbortSignal): Promise<void> => {
  const { log, holder, topic } = running.options
  while (running.failures === 0 && !late.aborted && (await log.oldestUnsentAt())) {
    await drain(running, late)
    if (running.leaseUntil === 0) break
  }
  if (running.leaseUntil > 0) await log.acquireLease(leaseName(topic), holder, 0)
  running.leaseUntil = 0
}

const nothing = (): void => undefined

export const relay = (options: RelayOptions): Relay => {
  const { logger, topic } = options
  const stopping = new AbortController()
  const running: Running = {
    options: { published: nothing, failPoint: async () => undefined, pollEveryMs: 200, leaseMs: 10_000, ...options },
    stopping: stopping.signal,
    bell: createBell(),
    leaseUntil: 0,
    ends: undefined,
    failures: 0,
    lastError: undefined,
    published: 0,
  }
  const wake = running.bell.ring
  let deaf = nothing
  let ended: Promise<void> | undefined
  return {
    name: `relay of ${topic}`,
    async start() {
      deaf = options.log.onCommit(wake)
      ended = live(running)
    },
    async stop() {
      deaf()
      stopping.abort()
      wake()
      const late = AbortSignal.timeout(FLUSH_MS)
      const last = async () => {
        await ended
        if (!late.aborted) await flush(running, late)
      }
      const flushed = last().catch((err: unknown) => logger.warn({ err, topic }, 'events stay for the next start'))
      if (!(await within(flushed, late)))
        logger.warn({ topic }, 'not everything could be published in time: events stay for the next start')
    },
    wake,
    state: () => ({
      holdsLease: performance.now() < running.leaseUntil,
      failures: running.failures,
      lastError: running.lastError,
      published: running.published,
    }),
    idle: async () => (await options.log.oldestUnsentAt()) === undefined,
  }
}
