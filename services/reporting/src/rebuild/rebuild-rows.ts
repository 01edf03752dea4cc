import { unavailable } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import type { Source } from '../models/all.ts'
import { digestOf } from './digest.ts'
import { compare, settle } from './settle.ts'
import { openShare, readOn, type Share } from './share.ts'

export type Outcome = { readonly events: number; readonly digest: string; readonly previousDigest: string }
type Rebuild = Outcome & { readonly positions: ReadonlyMap<Source, bigint> }

/** A row that is written at this very moment is settled a moment later. */
const ROUNDS = 50

/** However many there are. */
const ALL = Number.POSITIVE_INFINITY

type Mended = { readonly previousDigest: string; readonly isChanged: boolean }

const mend = async (desk: Desk, share: Share, signal: AbortSignal): Promise<Mended> => {
  const { differences, digest: previousDigest } = await compare(desk, share, signal)
  let left = await settle(desk, share, differences, false)
  for (let round = 1; left.length > 0; round++) {
    if (round > ROUNDS) throw unavailable('rebuild_unsettled', 1)
    await readOn(desk, share, ALL, signal)
    left = await settle(desk, share, left, true)
  }
  return { previousDigest, isChanged: differences.length > 0 }
}

/** In so many shares; undefined when one of them would hold too much, which the first one shows. */
const inShares = async (desk: Desk, of: number, most: number, signal: AbortSignal): Promise<Rebuild | undefined> => {
  const first = openShare(0, of)
  if (!(await readOn(desk, first, most, signal))) return undefined
  const { previousDigest, isChanged } = await mend(desk, first, signal)
  first.rows.clear()
  let changed = isChanged
  for (let number = 1; number < of; number++) {
    const share = openShare(number, of)
    await readOn(desk, share, ALL, signal)
    changed = (await mend(desk, share, signal)).isChanged || changed
  }
  const { events, positions } = first
  return { events, positions, previousDigest, digest: changed ? await digestOf(desk.store) : previousDigest }
}

/**
 * Puts all rows together again from the logs, no more than `most` of them at a time, and replaces each that differs. Nothing has to
 * stand still meanwhile: an event that comes between wins, and its row is looked at again when the log has been read up to it.
 */
export const rebuild = async (desk: Desk, most: number, signal: AbortSignal): Promise<Rebuild> => {
  for (let of = 1; ; of *= 2) {
    const rebuilt = await inShares(desk, of, most, signal)
    if (rebuilt) return rebuilt
  }
}
