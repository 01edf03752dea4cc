import { setTimeout as wait } from 'node:timers/promises'
import { invalid, unavailable } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { eventTime } from './event-time.ts'
import type { Progress } from './watch-logs.ts'

const PATIENCE_MS = 2_000
/** What is left of the call's time for the report itself. */
const REPORT_MS = 500
const PAUSE_MS = 20

/** How far ahead the clock of another machine may be. */
const CLOCK_SKEW_MS = 60_000

/** Refuses what no event of ours can be called: such a wait would never end, however often it is repeated. */
export const checkEventId = (eventId: string, at: Date): void => {
  const recordedAt = eventTime(eventId)
  if (recordedAt && recordedAt.getTime() <= at.getTime() + CLOCK_SKEW_MS) return
  throw invalid('event_id_unknown', {}, [
    { field: 'waitFor', rule: 'event_id', message: 'must be the id of an event, as Saleswright-Event gives it' },
  ])
}

/** Returns when an event is in the rows; `report_behind` when it is not within two seconds (decisions 24). */
export const waitFor = async (
  progress: Pick<Progress, 'refresh' | 'holds'>,
  eventId: string,
  { deadline, signal }: Pick<Call, 'deadline' | 'signal'>,
): Promise<void> => {
  const until = performance.now() + Math.min(PATIENCE_MS, deadline.getTime() - Date.now() - REPORT_MS)
  for (;;) {
    const left = until - performance.now()
    if (left <= 0) throw unavailable('report_behind', 1)
    await progress.refresh(left)
    if (progress.holds(eventId)) return
    await wait(PAUSE_MS, undefined, { signal })
  }
}
