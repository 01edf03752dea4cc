import { setTimeout as wait } from 'node:timers/promises'
import type { EventLog } from '@saleswright/store'

type Watching = {
  readonly type: string
  /** What was answered before; empty at first. */
  readonly cursor: string
  readonly signal: AbortSignal
}

type News = Awaited<ReturnType<EventLog['committedSince']>>

const WAIT_MS = 5_000
/** How soon what another replica committed is seen. */
const LOOK_EVERY_MS = 250
/** What the first answer reaches back to: longer than any token lives. */
const FIRST_MS = 15 * 60_000
/** A transaction may commit behind others with later ids, and the clocks of replicas differ. */
const OVERLAP_MS = 60_000

/**
 * Answers as soon as there are more events than the cursor counts since its instant: whichever replica is asked, and in whatever order
 * they were committed, none is left out. Some come again.
 */
export const watchEvents = async (
  { committedSince, onCommit }: Pick<EventLog, 'committedSince' | 'onCommit'>,
  { type, cursor, signal }: Watching,
): Promise<{ readonly events: News; readonly cursor: string }> => {
  const [since = 0, known = 0] = cursor ? cursor.split(':').map(Number) : [Date.now() - FIRST_MS]
  const until = performance.now() + (cursor ? WAIT_MS : 0)
  let woken = new AbortController()
  const deaf = onCommit(() => woken.abort())
  try {
    for (;;) {
      const events = await committedSince(type, new Date(since))
      if (events.length > known) return { events, cursor: cursorOf(since, events) }
      if (performance.now() >= until || signal.aborted) return { events: [], cursor: cursorOf(since, events) }
      await wait(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => undefined)
      woken = new AbortController()
    }
  } finally {
    deaf()
  }
}

const idTime = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)

/** Moves on by and by, so that the events which are counted stay few. */
const cursorOf = (since: number, events: News): string => {
  const recent = Date.now() - OVERLAP_MS
  if (recent - since < OVERLAP_MS) return `${since}:${events.length}`
  return `${recent}:${events.filter(({ eventId }) => idTime(eventId) >= recent).length}`
}
