import type { Row } from './rows.ts'

/** Events of one record, of one transaction, that have no position yet; by the id of the first, which rises along the record. */
export type OutboxEntry = {
  readonly _id: string
  readonly at: Date
  /** The ids of the others, in the order of their versions. */
  readonly others?: readonly string[]
}

export const outboxEntry = ({ _id, at }: Row, others: readonly Row[]): OutboxEntry => ({
  _id,
  at,
  ...(others.length > 0 && { others: others.map((row) => row._id) }),
})

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
