import { type BusinessDate, type Clock, companyScope, steady } from '@saleswright/kernel'
import type { Store } from '@saleswright/store'
import { LRUCache } from 'lru-cache'
import type { PolicyDefinition } from './definition.ts'
import { type Policy, unsetPolicy, versionOn } from './policy.ts'
import { policyMapping } from './policy-store.ts'
import { type PolicyDesk, setPolicy } from './set-policy.ts'

/** The policies of one service, for its own decisions and for those who change them. */
export type PolicyBook = {
  /**
   * What a company's policy says on a day. A change made by this process counts at once, one made by another replica after at most
   * five seconds.
   */
  readonly value: <V extends string | number>(
    companyId: string,
    definition: PolicyDefinition<V>,
    date: BusinessDate,
  ) => Promise<V>
  readonly definitions: readonly PolicyDefinition[]
  /** All that a company has set or could set, in the order of the definitions. */
  readonly all: (companyId: string) => Promise<readonly Policy[]>
  readonly today: PolicyDesk['today']
  readonly set: ReturnType<typeof setPolicy>
}

export type BookOptions = {
  readonly context: string
  readonly store: Store
  readonly clock: Clock
  readonly today: PolicyDesk['today']
}

const MAX_AGE_MS = 5_000
const COMPANIES = 1_000

/** Made once by each service that has policies; its mapping joins the mappings of the service. */
export const policyBook = (
  { context, store, clock, today }: BookOptions,
  definitions: readonly PolicyDefinition[],
): PolicyBook => {
  const policies = store.repository(policyMapping)
  const companies = new LRUCache<string, ReadonlyMap<string, Policy>>({
    max: COMPANIES,
    ttl: MAX_AGE_MS,
    // The age is looked at on every read, by the clock that was given.
    ttlResolution: 0,
    perf: { now: steady(clock) },
    fetchMethod: async (companyId) => {
      const stored = await policies.findBy(companyScope(companyId), {})
      return new Map(stored.map((policy) => [policy.name, policy]))
    },
  })
  const desk: PolicyDesk = { context, store, policies, definitions, today, forget: (id) => companies.delete(id) }
  return {
    definitions,
    today,
    value: async (companyId, definition, date) => {
      const policy = (await companies.forceFetch(companyId)).get(definition.name)
      const version = policy && versionOn(policy, date)
      return version ? definition.read(version.value) : definition.fallback
    },
    all: async (companyId) => {
      const stored = await policies.findBy(companyScope(companyId), {})
      return definitions.map(
        ({ name }) => stored.find((policy) => policy.name === name) ?? unsetPolicy({ companyId, context, name }),
      )
    },
    set: setPolicy(desk),
  }
}
