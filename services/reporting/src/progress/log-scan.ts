import { FOLDS } from '../models/by-type.ts'
import type { Logged } from '../reading/log.ts'
import { type Model, rowIdOf } from '../rows/model.ts'

/** A fact that was told and is not known to be in its row yet. */
export type Awaited = Pick<Logged, 'eventId' | 'recordedAt' | 'correlationId' | 'position'> & {
  readonly model: Model
  readonly rowId: string
  readonly upTo: number
}

/** How much of one service's log has been looked at, and what of it is still missing in the rows. */
export type LogScan = {
  readonly position: () => bigint
  readonly awaited: () => readonly Awaited[]
  /** Takes in what was read behind the position. `endAt` is when that was asked, if nothing was left behind it. */
  readonly read: (events: readonly Logged[], endAt: Date | undefined) => void
  readonly applied: (eventIds: Iterable<string>) => void
  /** Everything that was recorded before is in the rows; undefined while nothing is known. */
  readonly asOf: () => Date | undefined
  /** Whether all that was told together with an event is in the rows; undefined for what was not seen lately. */
  readonly holds: (eventId: string) => boolean | undefined
  /** Everything up to it is in the rows. */
  readonly safePosition: () => bigint
  /** Awaits nothing any more, and goes on behind a position. */
  readonly restart: (position: bigint) => void
}

/** Of how many events it is remembered who told them. */
const REMEMBERED = 10_000

const awaitedOf = (event: Logged): readonly Awaited[] => {
  const model = FOLDS.get(event.type)?.model
  if (!model) return []
  const { eventId, recordedAt, correlationId, position, aggregateVersion: upTo } = event
  return [{ eventId, recordedAt, correlationId, position, upTo, model, rowId: rowIdOf(model, event) }]
}

const remember = (recent: Map<string, string>, events: readonly Logged[]): void => {
  for (const { eventId, correlationId } of events) recent.set(eventId, correlationId)
  for (const eventId of recent.keys()) {
    if (recent.size <= REMEMBERED) break
    recent.delete(eventId)
  }
}

export const logScan = (from: bigint): LogScan => {
  const awaited = new Map<string, Awaited>()
  const recent = new Map<string, string>()
  let position = from
  let reached: Date | undefined
  const oldest = (): Awaited | undefined => awaited.values().next().value
  return {
    position: () => position,
    awaited: () => [...awaited.values()],
    read(events, endAt) {
      for (const one of events.flatMap(awaitedOf)) awaited.set(one.eventId, one)
      remember(recent, events)
      position = events.at(-1)?.position ?? position
      reached = endAt ?? events.at(-1)?.recordedAt ?? reached
    },
    applied(eventIds) {
      for (const eventId of eventIds) awaited.delete(eventId)
    },
    asOf: () => oldest()?.recordedAt ?? reached,
    holds(eventId) {
      const request = recent.get(eventId)
      if (request === undefined) return undefined
      return ![...awaited.values()].some(({ correlationId }) => correlationId === request)
    },
    safePosition: () => (oldest()?.position ?? position + 1n) - 1n,
    restart(to) {
      awaited.clear()
      position = to
    },
  }
}
