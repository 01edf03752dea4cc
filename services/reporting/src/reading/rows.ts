import { companyScope, type Scope } from '@saleswright/kernel'
import type { Filter, Store } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Model } from '../rows/model.ts'
import type { Row } from '../rows/row.ts'

const BATCH = 1_000

type Stored = { readonly _id: string }

/** A collection of this service, where rows are read in a stream: no more than a batch of them is held at a time. */
export const collectionOf = ({ connection }: Pick<Store, 'connection'>, { collection }: Model['mapping']) =>
  connection.getClient().db(connection.name).collection<Stored>(collection)

export type Rows = {
  /** The rows of a scope that match, in batches and in no order. Ends with the reason of the signal when that is aborted. */
  readonly stream: <R extends Row>(model: Model<R>, scope: Scope, filter: Filter) => AsyncGenerator<readonly R[]>
  readonly byIds: <R extends Row>(
    model: Model<R>,
    scope: Scope,
    ids: Iterable<string | undefined>,
  ) => Promise<ReadonlyMap<string, R>>
  readonly where: <R extends Row>(model: Model<R>, companyId: string, filter?: Filter) => Promise<readonly R[]>
}

export const rowsFor = ({ store, tableOf }: Pick<Desk, 'store' | 'tableOf'>, signal: AbortSignal): Rows => {
  const where: Rows['where'] = async <R extends Row>(model: Model<R>, companyId: string, filter: Filter = {}) =>
    (await tableOf(model).rows.findBy(companyScope(companyId), filter)) as readonly Row[] as readonly R[]
  return {
    where,
    async *stream<R extends Row>(model: Model<R>, scope: Scope, filter: Filter) {
      const options = { batchSize: BATCH, readConcern: 'majority' as const }
      const cursor = collectionOf(store, model.mapping).find({ ...filter, ...scope.equals }, options)
      try {
        while (await cursor.hasNext()) {
          signal.throwIfAborted()
          yield cursor.readBufferedDocuments().map(({ _id: id, ...row }) => ({ ...row, id }) as unknown as R)
        }
      } finally {
        await cursor.close()
      }
    },
    async byIds<R extends Row>(model: Model<R>, scope: Scope, ids: Iterable<string | undefined>) {
      const wanted = [...new Set(ids)].filter((id) => id !== undefined && id !== '')
      if (wanted.length === 0) return new Map<string, R>()
      const found = await tableOf(model).rows.findBy(scope, { _id: { $in: wanted } })
      return new Map(found.map((row) => [row.id, row as Row as R]))
    },
  }
}
