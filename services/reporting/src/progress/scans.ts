import { companyScope, derivedId } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { SOURCES, type Source } from '../models/all.ts'
import { PAGE, readLog } from '../reading/log.ts'
import { appliedOf } from './applied.ts'
import { type LogScan, logScan } from './log-scan.ts'

export type Scans = ReadonlyMap<Source, LogScan>

const OF_THE_SERVICE = companyScope('')
const placeId = (source: Source): string => derivedId('log-place', source)

/** The logs from where they were looked at before. */
export const scansOf = async ({ places }: Desk): Promise<Scans> => {
  const kept = await places.findBy(OF_THE_SERVICE, {})
  const positions = new Map(kept.map(({ id, position }) => [id, BigInt(position)]))
  return new Map(SOURCES.map((source) => [source, logScan(positions.get(placeId(source)) ?? 0n)]))
}

/** Keeps the places so that a restart goes on there; they may lie behind, never ahead. */
export const keep = async ({ store, cause, places }: Desk, scans: Scans): Promise<void> => {
  await store.transact(cause(), async (tx) => {
    for (const [source, scan] of scans) {
      const id = placeId(source)
      const place = (await tx.find(places, OF_THE_SERVICE, id)) ?? { id, version: 0, companyId: '', position: 0 }
      const position = Number(scan.safePosition())
      if (place.position < position) tx.put(places, { ...place, position })
    }
  })
}

/** Pages of one source between two looks at what has been applied of them. */
const PAGES = 5
const MOST_AWAITED = 5_000

const look = async (desk: Desk, source: Source, scan: LogScan, withinMs: number): Promise<void> => {
  for (let page = 0; page < PAGES && scan.awaited().length < MOST_AWAITED; page++) {
    const askedAt = desk.clock.now()
    const events = await readLog(desk, source, scan.position(), withinMs)
    const isEnd = events.length < PAGE
    scan.read(events, isEnd ? askedAt : undefined)
    if (isEnd) break
  }
  scan.applied(await appliedOf(desk, scan.awaited()))
}

/** Looks at each source once at a time, for all who ask meanwhile. A source that does not answer stays where it was. */
export const watcher = (desk: Desk): ((source: Source, scan: LogScan, withinMs: number) => Promise<void>) => {
  const underWay = new Map<Source, Promise<void>>()
  const silent = new Set<Source>()
  const lookAt = async (source: Source, scan: LogScan, withinMs: number): Promise<void> => {
    try {
      await look(desk, source, scan, withinMs)
      silent.delete(source)
    } catch (err) {
      if (!silent.has(source))
        desk.log.warn({ err, source }, 'a log does not answer: how fresh the rows are is not known')
      silent.add(source)
    } finally {
      underWay.delete(source)
    }
  }
  return (source, scan, withinMs) => {
    const looking = underWay.get(source) ?? lookAt(source, scan, withinMs)
    underWay.set(source, looking)
    return looking
  }
}
