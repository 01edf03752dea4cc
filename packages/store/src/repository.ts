import { type Aggregate, notFound, type Scope } from '@saleswright/kernel'
import { asked } from './faults.ts'
import type { Filter } from './mapping.ts'
import { namedOrder } from './paging.ts'
import { bindPlan, type Plan, type Stored, sortOf, within } from './plan.ts'
import { readPage } from './read-page.ts'
import type { ListQuery, Page, Repository } from './record-port.ts'

const list = async <T extends Aggregate>(plan: Plan<T>, scope: Scope, query: ListQuery): Promise<Page<T>> => {
  const { collection } = plan
  const { filter = {} } = query
  const order = namedOrder(plan as unknown as Plan, query.orderBy)
  const { items, ...facts } = await readPage({ collection, rows: within(scope, filter), filter, order, query })
  return { items: items.map(plan.record), ...facts }
}

/** Reads outside of transactions: plain documents, straight from the driver. */
export const createRepository = <T extends Aggregate>(plan: Plan<T>): Repository<T> => {
  const { name, collection } = plan
  const find = async (scope: Scope, id: string): Promise<T | undefined> => {
    const document = await asked(collection.findOne(within(scope, { _id: id })))
    return document ? plan.record(document) : undefined
  }
  const repository: Repository<T> = {
    name,
    find,
    async get(scope, id) {
      const record = await find(scope, id)
      if (!record) throw notFound(name, id)
      return record
    },
    async findBy(scope, filter, { sort = [], limit = 0 } = {}) {
      const rows = collection.find(within(scope, filter)).sort(sortOf(sort)).limit(limit)
      const documents = await asked(rows.toArray())
      return documents.map(plan.record)
    },
    list: (scope, query = {}) => asked(list(plan, scope, query)),
    count: (scope, filter: Filter = {}) => asked(collection.countDocuments(within(scope, filter))),
    aggregate: <R extends object>(scope: Scope, stages: readonly Filter[]) =>
      asked(collection.aggregate<R>([{ $match: within(scope, {}) }, ...stages] as Stored[]).toArray()),
  }
  return bindPlan(repository, plan)
}
