import { type Aggregate, companyScope, type Decision, isAt, type OwnedPlace } from '@saleswright/kernel'
import type { Filter, Repository, Tx } from '@saleswright/store'

/** How many records are written at a time, all within the one transaction. */
const SLICE = 200

type Move<T extends Aggregate & OwnedPlace> = {
  readonly records: Repository<T>
  readonly filter: Filter
  readonly to: (record: T) => OwnedPlace
  readonly place: (record: T, at: OwnedPlace) => Decision<T>
}

/** Moves every record of a company that a filter finds, in slices; nobody is told of what is there already. */
export const moveAll = async <T extends Aggregate & OwnedPlace>(
  tx: Tx,
  companyId: string,
  { records, filter, to, place }: Move<T>,
): Promise<void> => {
  for (let after = ''; ; ) {
    const slice = await tx.findBy(
      records,
      companyScope(companyId),
      { ...filter, _id: { $gt: after } },
      { sort: ['_id'], limit: SLICE },
    )
    for (const record of slice) {
      const at = to(record)
      if (!isAt(record, at)) tx.save(records, place(record, at))
    }
    const last = slice.at(-1)
    if (slice.length < SLICE || !last) return
    after = last.id
  }
}
