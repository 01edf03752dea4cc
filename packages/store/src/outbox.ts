import type { Row } from './rows.ts'

/** Events that were told together and have no position yet; by the id of the first, which rises along each of their records. */
export type OutboxEntry = {
  readonly _id: string
  readonly at: Date
  /** The ids of the others, in the order of their versions. */
  readonly others?: readonly string[]
}

/** What a transaction told of one record, and the id of the last event before it. */
type Chain = { readonly last: string | undefined; readonly rows: readonly Row[] }

const entryOf = (rows: readonly Row[]): readonly OutboxEntry[] => {
  const [first, ...others] = rows
  if (!first) return []
  return [{ _id: first._id, at: first.at, ...(others.length > 0 && { others: others.map(({ _id }) => _id) }) }]
}

/**
 * One entry for all of them, where the first id lies behind everything told of these records before and before everything told of
 * them later. Clocks of other processes may stand ahead of ours: then each record has an entry of its own.
 */
export const outboxEntries = (chains: readonly Chain[]): readonly OutboxEntry[] => {
  const rows = chains.flatMap((chain) => chain.rows)
  const first = rows[0]?._id ?? ''
  const rises = rows.every(({ _id }) => _id >= first) && chains.every(({ last = '' }) => last < first)
  return rises ? entryOf(rows) : chains.flatMap((chain) => entryOf(chain.rows))
}

export const eventsOf = ({ _id, others = [] }: OutboxEntry): readonly string[] => [_id, ...others]

/** As many entries as hold so many events, but at least one: what is told together is numbered together. */
export const upTo = (entries: readonly OutboxEntry[], limit: number): readonly OutboxEntry[] => {
  let events = 0
  const beyond = entries.findIndex((entry, index) => {
    events += eventsOf(entry).length
    return events > limit && index > 0
  })
  return beyond < 0 ? entries : entries.slice(0, beyond)
}
