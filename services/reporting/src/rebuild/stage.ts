import { fromBinary, type Message } from '@bufbuild/protobuf'
import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk, Table } from '../desk.ts'
import { FOLDS } from '../models/by-type.ts'
import type { Logged } from '../reading/log.ts'
import { rowIdOf } from '../rows/model.ts'
import { advance, type Fold, type Row } from '../rows/row.ts'

type Step = { readonly event: Logged; readonly table: Table; readonly fold: Fold; readonly rowId: string }

/** Rows that an event could not be applied to: what comes after it must wait for it. */
export type Blocked = Set<string>

const keyOf = ({ table, rowId }: Pick<Step, 'table' | 'rowId'>): string => `${table.model.mapping.collection}/${rowId}`

const stepsOf = ({ tableOf }: Desk, events: readonly Logged[]): readonly Step[] =>
  events.flatMap((event) => {
    const found = FOLDS.get(event.type)
    return found ? [{ event, table: tableOf(found.model), fold: found.fold, rowId: rowIdOf(found.model, event) }] : []
  })

const rowsBefore = async (tx: Tx, steps: readonly Step[]): Promise<Map<string, Row>> => {
  const rows = new Map<string, Row>()
  const groups = Map.groupBy(steps, ({ table, event }) => `${table.model.mapping.collection}/${event.companyId}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const { table, event } = first
    const ids = [...new Set(group.map(({ rowId }) => rowId))]
    const found = await tx.findBy(table.staged, companyScope(event.companyId), { _id: { $in: ids } })
    for (const row of found) rows.set(keyOf({ table, rowId: row.id }), row)
  }
  return rows
}

const applyStep = ({ event, fold, rowId }: Step, row: Row | undefined): Row => {
  const message: Message = fromBinary(fold.schema, event.data)
  return advance(fold, row, message, { ...event, rowId })
}

/** Applies a page of a log to the rows that are being put together: one read for each model, and one write for all. */
export const stagePage = (desk: Desk, events: readonly Logged[], blocked: Blocked): Promise<void> =>
  desk.store.transact(desk.cause(), async (tx) => {
    const steps = stepsOf(desk, events)
    const rows = await rowsBefore(tx, steps)
    for (const step of steps) {
      const key = keyOf(step)
      if (blocked.has(key)) continue
      try {
        const [row, next] = [rows.get(key), applyStep(step, rows.get(key))]
        if (next !== row) rows.set(key, tx.put(step.table.staged, next))
      } catch (err) {
        const { eventId, type, aggregateId } = step.event
        desk.log.error({ err, eventId, type, aggregateId }, 'an event could not be applied: its row is left as it is')
        blocked.add(key)
      }
    }
  })
