import { unavailable } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import { SOURCES, type Source } from '../models/all.ts'
import { PAGE, readLog } from '../reading/log.ts'
import { collectionOf } from '../reading/rows.ts'
import { digestOf } from './digest.ts'
import { type Difference, differencesIn, settle } from './settle.ts'
import { type Blocked, stagePage } from './stage.ts'

export type Outcome = { readonly events: number; readonly digest: string; readonly previousDigest: string }

type Reading = {
  readonly desk: Desk
  readonly positions: Map<Source, bigint>
  readonly blocked: Blocked
  events: number
}

const emptyStage = async ({ store, tables }: Desk): Promise<void> => {
  for (const { model } of tables) await collectionOf(store, model.staged).deleteMany({})
}

/** Reads every log to its end, from where it was read before. */
const readOn = async (reading: Reading, signal: AbortSignal): Promise<void> => {
  const { desk, positions, blocked } = reading
  for (const source of SOURCES) {
    for (let more = true; more; ) {
      signal.throwIfAborted()
      const events = await readLog(desk, source, positions.get(source) ?? 0n)
      await stagePage(desk, events, blocked)
      positions.set(source, events.at(-1)?.position ?? positions.get(source) ?? 0n)
      reading.events += events.length
      more = events.length === PAGE
    }
  }
}

const isBlocked = ({ blocked }: Reading, { table, id }: Difference): boolean =>
  blocked.has(`${table.model.mapping.collection}/${id}`)

/** Settles what differs, and gives what has to wait for more of the logs. */
const settleAll = async (reading: Reading, signal: AbortSignal): Promise<readonly Difference[]> => {
  const left: Difference[] = []
  for (const table of reading.desk.tables) {
    for await (const difference of differencesIn(reading.desk, table)) {
      signal.throwIfAborted()
      if (isBlocked(reading, difference)) continue
      if (!(await settle(reading.desk, difference, false))) left.push(difference)
    }
  }
  return left
}

/** A row that is written at this very moment is settled a moment later. */
const ROUNDS = 50

/**
 * Puts all rows together again from the logs, beside those that count, and then replaces each row that differs, under the same
 * guard under which events are applied. Nothing has to stand still meanwhile: an event that comes between wins, and its
 * row is looked at again when the log has been read up to it.
 */
export const rebuild = async (desk: Desk, signal: AbortSignal): Promise<Outcome & Pick<Reading, 'positions'>> => {
  const previousDigest = await digestOf(desk.store)
  const reading: Reading = { desk, positions: new Map(), blocked: new Set(), events: 0 }
  await emptyStage(desk)
  await readOn(reading, signal)
  let left = await settleAll(reading, signal)
  for (let round = 1; left.length > 0; round++) {
    if (round > ROUNDS) throw unavailable('rebuild_unsettled', 1)
    await readOn(reading, signal)
    const still: Difference[] = []
    for (const difference of left) {
      if (!isBlocked(reading, difference) && !(await settle(desk, difference, true))) still.push(difference)
    }
    left = still
  }
  await emptyStage(desk)
  const { events, positions } = reading
  return { events, positions, previousDigest, digest: await digestOf(desk.store) }
}
