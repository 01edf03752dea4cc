import type { Desk } from '../desk.ts'
import { SOURCES, type Source } from '../models/all.ts'
import { FOLDS } from '../models/by-type.ts'
import { type Logged, PAGE, readLog } from '../reading/log.ts'
import { keyOf, rowIdOf } from '../rows/model.ts'
import { advance, type Row } from '../rows/row.ts'

/**
 * A share of all rows, put together in memory from the logs. There is one share as long as everything fits; of more rows, the
 * logs are read once for each share.
 */
export type Share = {
  readonly number: number
  readonly of: number
  readonly rows: Map<string, Row>
  /** Rows that an event could not be applied to: they are left as they are. */
  readonly blocked: Set<string>
  readonly positions: Map<Source, bigint>
  events: number
}

export const openShare = (number: number, of: number): Share => ({
  number,
  of,
  rows: new Map(),
  blocked: new Set(),
  positions: new Map(),
  events: 0,
})

/** Ids are UUIDs, whose last digits are as good as random. */
export const isOf = ({ number, of }: Pick<Share, 'number' | 'of'>, rowId: string): boolean =>
  Number.parseInt(rowId.slice(-6), 16) % of === number

const applyOne = ({ log }: Desk, share: Share, event: Logged): void => {
  const found = FOLDS.get(event.type)
  const rowId = found && rowIdOf(found.model, event)
  if (!found || rowId === undefined || !isOf(share, rowId)) return
  const { model, fold } = found
  const key = keyOf(model, rowId)
  if (share.blocked.has(key)) return
  try {
    share.rows.set(key, advance(fold, share.rows.get(key), fold.read(event.data), { ...event, rowId }))
  } catch (err) {
    const { eventId, type, aggregateId } = event
    log.error({ err, eventId, type, aggregateId }, 'an event could not be applied: its row is left as it is')
    share.blocked.add(key)
  }
}

/** Reads every log to its end, from where it was read before. False when the share holds more rows than it may. */
export const readOn = async (desk: Desk, share: Share, most: number, signal: AbortSignal): Promise<boolean> => {
  for (const source of SOURCES) {
    for (let more = true; more; ) {
      signal.throwIfAborted()
      const events = await readLog(desk, source, share.positions.get(source) ?? 0n)
      for (const event of events) applyOne(desk, share, event)
      share.positions.set(source, events.at(-1)?.position ?? share.positions.get(source) ?? 0n)
      share.events += events.length
      more = events.length === PAGE
      if (share.rows.size > most) return false
    }
  }
  return true
}
