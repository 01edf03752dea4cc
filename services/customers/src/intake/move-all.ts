import { type Aggregate, companyScope, type Decision } from '@saleswright/kernel'
import type { Filter, Repository, Tx } from '@saleswright/store'

/** How many records are written at a time, all within the one transaction. */
const SLICE = 200

export type Move<T extends Aggregate> = {
  readonly records: Repository<T>
  readonly filter: Filter
  readonly move: (record: T) => Decision<T>
}

/** Moves every record of a company that a filter finds, in slices. */
export const moveAll = async <T extends Aggregate>(
  tx: Tx,
  companyId: string,
  { records, filter, move }: Move<T>,
): Promise<void> => {
  for (let after = ''; ; ) {
    const slice = await tx.findBy(
      records,
      companyScope(companyId),
      { ...filter, _id: { $gt: after } },
      { sort: ['_id'], limit: SLICE },
    )
    for (const record of slice) tx.save(records, move(record))
    const last = slice.at(-1)
    if (slice.length < SLICE || !last) return
    after = last.id
  }
}
