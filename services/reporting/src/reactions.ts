import { type Reaction, when } from '@saleswright/bus'
import { companyScope } from '@saleswright/kernel'
import type { Desk, Table } from './desk.ts'
import { SOURCES } from './models/all.ts'
import { rowIdOf } from './rows/model.ts'
import { advance, type Fold } from './rows/row.ts'

/** One read and at most one write for each event. */
const applying = ({ rows, model }: Table, fold: Fold) =>
  when(fold.schema, async (event, { envelope, tx }) => {
    const rowId = rowIdOf(model, envelope)
    const row = await tx.find(rows, companyScope(envelope.companyId), rowId)
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
