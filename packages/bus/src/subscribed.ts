import { maskedMessage } from '@saleswright/kernel'
import { BACKOFF, pause, pauseMs } from './backoff.ts'
import type { Log, Place, Subscribed, Subscription } from './bus.ts'
import { type Follower, follow } from './follow.ts'
import type { Fetched, Steering } from './tracked.ts'

export type Membership = {
  /** The error that ended it, when it ends by itself. */
  readonly ended: Promise<unknown>
  readonly leave: () => Promise<void>
}

/** What a member of a group is told by the client below. */
export type Told = {
  readonly assigned: (places: readonly Place[], steering: Steering) => void
  readonly fetched: (fetched: Fetched) => Promise<void>
}

export type Join = (told: Told) => Promise<Membership>

const CHECK_EVERY_MS = 10_000

type Connection = { connected: boolean; lastError: string | undefined; failures: number; member: boolean }

const once = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })

/** One membership, from its beginning to its end; throws what ended it. */
const member = async (
  join: Join,
  { follower, check }: { readonly follower: Follower; readonly check: () => Promise<void> },
  now: Connection,
  signal: AbortSignal,
): Promise<void> => {
  const assigned: Told['assigned'] = (places, steering) => {
    if (signal.aborted) return
    Object.assign(now, { connected: true, lastError: undefined, failures: 0 })
    void follower.assign(places, steering).then(check)
  }
  const membership = await join({ assigned, fetched: follower.deliver })
  now.member = true
  const error = await Promise.race([membership.ended, once(signal)])
  follower.stop()
  now.connected = false
  await membership.leave()
  now.member = false
  if (error !== undefined) throw error
}

/** Keeps a member in its group for ever: when the client below gives up, or no broker is there, it joins anew. */
export const keepSubscribed = (subscription: Subscription, join: Join, log: Log): Subscribed => {
  const { group } = subscription
  const follower = follow(subscription, log)
  const now: Connection = { connected: false, lastError: undefined, failures: 0, member: false }
  const stopping = new AbortController()
  const check = (): Promise<void> =>
    follower.check().catch((err: unknown) => log.warn({ err, group }, 'what the bus keeps could not be looked at'))
  const live = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await member(join, { follower, check }, now, stopping.signal).catch((error: unknown) => {
        now.failures++
        now.lastError = maskedMessage(error)
        log.error({ err: error, group, failures: now.failures }, 'a consumer is out of its group; joining again')
      })
      await pause(pauseMs(Math.max(1, now.failures), BACKOFF), stopping.signal)
    }
  }
  const checking = setInterval(() => void check(), CHECK_EVERY_MS).unref()
  const ended = live()
  return {
    state: () => ({ connected: now.connected, lastError: now.lastError, assigned: follower.state() }),
    async stop() {
      clearInterval(checking)
      stopping.abort()
      follower.stop()
      // Who never got in has nothing to finish, and may wait long for a broker that is not there.
      if (now.member) await ended
    },
  }
}
