import type { Scope } from '@saleswright/kernel'
import type { ServiceDefinition } from '@saleswright/service'
import type { Repository, Store, Tx } from '@saleswright/store'

/**
 * Whether stores ask whose a row is. A suite that proves it has to turn red when they forget it (`off`), and when they take the
 * scope of whoever asked last, as they would with a scope that is kept beside the requests (`mixed up`).
 */
export type Guard = { is: 'on' | 'off' | 'mixed up' }

type Seen = { readonly scope: (scope: Scope) => Promise<Scope>; readonly filter: (filter: Filter) => Filter }
type Filter = Readonly<Record<string, unknown>>

const SCOPE_FIELDS: ReadonlySet<string> = new Set(['companyId', 'ownerId', 'unitId', 'orgPath', 'partnerId'])
/** Whether a condition asks whose a row is, or whose the document is that it is a part of. */
const isOfScope = (field: string): boolean => SCOPE_FIELDS.has(field.slice(field.lastIndexOf('.') + 1))
const NOBODY = { equals: {} } as Scope

const seenBy = (guard: Guard): Seen => {
  let last = NOBODY
  return {
    scope: async (scope) => {
      if (guard.is === 'off') return NOBODY
      if (guard.is === 'on') return scope
      last = scope
      await new Promise(setImmediate)
      return last
    },
    filter: (filter) =>
      guard.is === 'off' ? Object.fromEntries(Object.entries(filter).filter(([field]) => !isOfScope(field))) : filter,
  }
}

/** A service whose store can be made to forget the scopes of its callers. */
export const guardedBy = (guard: Guard, definition: ServiceDefinition): ServiceDefinition => ({
  ...definition,
  build: (platform) => definition.build({ ...platform, store: forgetful(platform.store, seenBy(guard)) }),
})

const forgetful = (store: Store, seen: Seen): Store => {
  const inside = (tx: Tx): Tx => ({
    ...tx,
    get: async (repository, scope, id) => tx.get(repository, await seen.scope(scope), id),
    find: async (repository, scope, id) => tx.find(repository, await seen.scope(scope), id),
  })
  return {
    ...store,
    connection: withCollections(store.connection, seen),
    repository: (mapping) => {
      const repository = store.repository(mapping)
      const before = { ...repository }
      const forgetting: Pick<typeof repository, 'get' | 'find' | 'list' | 'aggregate'> = {
        get: async (scope, id) => before.get(await seen.scope(scope), id),
        find: async (scope, id) => before.find(await seen.scope(scope), id),
        list: async (scope, query) => before.list(await seen.scope(scope), query),
        aggregate: async (scope, stages) => before.aggregate(await seen.scope(scope), stages),
      }
      // The store knows a repository by its identity, so it is this one that forgets.
      return Object.assign<Repository<never>, object>(repository as Repository<never>, forgetting) as typeof repository
    },
    answer: (command, output, work) => store.answer(command, output, (tx) => work(inside(tx))),
    transact: (cause, work) => store.transact(cause, (tx) => work(inside(tx))),
  }
}

/** Reports read their collections themselves, with the scope among the conditions. */
const withCollections = (connection: Store['connection'], { filter }: Seen): Store['connection'] =>
  new Proxy(connection, {
    get: (target, name) => {
      if (name !== 'getClient') return Reflect.get(target, name)
      const client = target.getClient()
      const collection = (database: string, of: string) =>
        new Proxy(client.db(database).collection(of), {
          get: (rows, method) =>
            method === 'find'
              ? (given: Filter, options: object) => rows.find(filter(given), options)
              : Reflect.get(rows, method),
        })
      return () => ({ db: (database: string) => ({ collection: (of: string) => collection(database, of) }) })
    },
  })
