import { type Reaction, when } from '@saleswright/bus'
import { companyScope } from '@saleswright/kernel'
import type { Desk, Table } from './desk.ts'
import { SOURCES } from './models/all.ts'
import { rowIdOf } from './rows/model.ts'
import { advance, type Fold } from './rows/row.ts'

/** At most one read and one write for each event; a row of its own is looked for only where there turns out to be one. */
const applying = ({ rows, model }: Table, fold: Fold) =>
  when(fold.schema, async (event, { envelope, tx }) => {
    const rowId = rowIdOf(model, envelope)
    const scope = companyScope(envelope.companyId)
    const row = await (model.by === 'event' ? tx.findHolder(rows, scope, { _id: rowId }) : tx.find(rows, scope, rowId))
    const next = advance(fold, row, event, { ...envelope, rowId })
    if (next !== row) tx.put(rows, next)
  })

export const reactionsOf = ({ tables }: Desk): readonly Reaction[] => [
  {
    name: 'rows',
    from: SOURCES,
    handlers: tables.flatMap((table) => table.model.folds.map((fold) => applying(table, fold))),
  },
]
