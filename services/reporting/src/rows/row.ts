import { type DescMessage, fromBinary, type Message, type MessageShape } from '@bufbuild/protobuf'
import type { Aggregate } from '@saleswright/kernel'

/** A row of a read model: what the events of one source record say together, and nothing else (decisions 23). */
export type Row = Aggregate & {
  /** The version of the source record up to which its events are in. */
  readonly upTo: number
}

/** What every row begins with. */
export type Base = Pick<Row, 'id' | 'version' | 'companyId' | 'upTo'>

/** What stands around an event, as far as rows need it. */
export type Told = {
  readonly eventId: string
  readonly type: string
  readonly companyId: string
  readonly aggregateId: string
  readonly aggregateVersion: number
}

/** The row after one type of event. */
export type Fold = {
  readonly schema: DescMessage
  readonly read: (data: Uint8Array) => Message
  readonly apply: (row: Row | undefined, event: Message, base: Base) => Row
}

export const on = <S extends DescMessage, R extends Row>(
  schema: S,
  fold: (row: R | undefined, event: MessageShape<S>, base: Base) => R,
): Fold => ({
  schema,
  read: (data) => fromBinary(schema, data),
  apply: (row, event, base) => fold(row as R | undefined, event as MessageShape<S>, base),
})

/**
 * The row after an event. What the row has already is passed over; events of one record come in their order, so whatever is
 * newer is next, and versions between are of events that say nothing about this row.
 */
export const advance = (fold: Fold, row: Row | undefined, event: Message, told: Told & { rowId: string }): Row => {
  const { rowId: id, companyId, aggregateVersion: upTo } = told
  if (row && upTo <= row.upTo) return row
  return fold.apply(row, event, { id, companyId, upTo, version: row?.version ?? 0 })
}

/** A row that an earlier event has made. Without it the event is parked, and comes again when somebody has looked after it. */
export const known = <R extends Row>(row: R | undefined, { id }: Base): R => {
  if (!row) throw new Error(`Nothing was told before of ${id}`)
  return row
}
