import type { DescService } from '@bufbuild/protobuf'
import type { Scope } from '@saleswright/kernel'
import type { Context, ServiceDefinition } from '@saleswright/service'
import type { Repository, Store, Tx } from '@saleswright/store'

/** Whether stores ask whose a row is. Switched off, a matrix that proves the guard has to turn red. */
export type Guard = { on: boolean }

/** A service whose store can be made to forget the scopes of its callers. */
export const guardedBy = (guard: Guard, definition: ServiceDefinition): ServiceDefinition => ({
  ...definition,
  build: (platform) => definition.build({ ...platform, store: forgetful(platform.store, guard) }),
})

const forgetful = (store: Store, guard: Guard): Store => {
  const seen = (scope: Scope): Scope => (guard.on ? scope : ({ equals: {} } as Scope))
  const inside = (tx: Tx): Tx => ({
    ...tx,
    get: (repository, scope, id) => tx.get(repository, seen(scope), id),
    find: (repository, scope, id) => tx.find(repository, seen(scope), id),
  })
  return {
    ...store,
    repository: (mapping) => {
      const repository = store.repository(mapping)
      const before = { ...repository }
      const forgetting: Pick<typeof repository, 'get' | 'find'> = {
        get: (scope, id) => before.get(seen(scope), id),
        find: (scope, id) => before.find(seen(scope), id),
      }
      // The store knows a repository by its identity, so it is this one that forgets.
      return Object.assign<Repository<never>, object>(repository as Repository<never>, forgetting) as typeof repository
    },
    answer: (command, output, work) => store.answer(command, output, (tx) => work(inside(tx))),
    transact: (cause, work) => store.transact(cause, (tx) => work(inside(tx))),
  }
}

/** Contracts whose service is not part of the suite: who gets past their access is answered with 200. */
export const openDoors = (name: Context, services: readonly DescService[]): ServiceDefinition => ({
  name,
  build: () => ({
    mappings: [],
    bounds: services
      .filter(({ typeName }) => typeName.startsWith(`saleswright.${name}.`))
      .map((service) => ({
        service,
        handlers: new Map(service.methods.map(({ localName }) => [localName, async () => ({})])),
      })),
  }),
})
