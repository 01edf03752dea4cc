import { type Part, repeating } from '@saleswright/service'
import type { Desk } from '../desk.ts'
import type { Source } from '../models/all.ts'
import { eventTime } from './event-time.ts'
import { keep, type Scans, scansOf, watcher } from './scans.ts'

/** How far the rows are behind the logs that they are made of. */
export type Progress = {
  /** Everything that was recorded before is in the rows; undefined until every source has answered once. */
  readonly freshAsOf: () => Date | undefined
  /** Looks at the logs again; a source that does not answer in time stays where it was. */
  readonly refresh: (withinMs: number) => Promise<void>
  /** Whether an event, and what was told together with it, is in the rows. */
  readonly holds: (eventId: string) => boolean
  readonly restart: (positions: ReadonlyMap<Source, bigint>) => Promise<void>
  readonly part: Part
}

const EVERY_MS = 2_000
const BACKGROUND_MS = 5_000
/** How much later than its id an event may at most be found in its log. */
const IN_FLIGHT_MS = 10_000

const freshAsOf = (scans: Scans): Date | undefined => {
  const times = [...scans.values()].map((scan) => scan.asOf()?.getTime())
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 && known.length === times.length ? new Date(Math.min(...known)) : undefined
}

const holds = (scans: Scans, eventId: string): boolean => {
  const seen = [...scans.values()].map((scan) => scan.holds(eventId)).find((held) => held !== undefined)
  if (seen !== undefined) return seen
  // Not told lately: then it is in when everything of its time is.
  const [told, fresh] = [eventTime(eventId)?.getTime(), freshAsOf(scans)?.getTime()]
  return told !== undefined && fresh !== undefined && told + IN_FLIGHT_MS < fresh
}

export const progressOf = (desk: Desk): Progress => {
  const watch = watcher(desk)
  let loading: Promise<Scans> | undefined
  let scans: Scans = new Map()

  const load = async (): Promise<void> => {
    loading ??= scansOf(desk)
    scans = await loading.catch((error: unknown) => {
      loading = undefined
      throw error
    })
  }
  const refresh = async (withinMs: number): Promise<void> => {
    await load()
    await Promise.all([...scans].map(([source, scan]) => watch(source, scan, withinMs)))
  }
  const inBackground = async (): Promise<void> => {
    await refresh(BACKGROUND_MS)
    await keep(desk, scans)
  }
  return {
    freshAsOf: () => freshAsOf(scans),
    refresh,
    holds: (eventId) => holds(scans, eventId),
    async restart(positions) {
      await load()
      for (const [source, position] of positions) scans.get(source)?.restart(position)
      await keep(desk, scans)
    },
    part: repeating({ name: 'progress of the read models', everyMs: EVERY_MS, log: desk.log, work: inBackground }),
  }
}
