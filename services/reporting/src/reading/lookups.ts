import { companyScope, type Scope } from '@saleswright/kernel'
import { type Call, scopeIfAny } from '@saleswright/rpc'
import type { Entry } from '../figures/entry.ts'
import type { Grouping, Known } from '../figures/grouping.ts'
import { seatOn } from '../figures/seats.ts'
import { customers } from '../models/customer.ts'
import { orgUnits } from '../models/org-unit.ts'
import { people } from '../models/person.ts'
import { products } from '../models/product.ts'
import type { Model } from '../rows/model.ts'
import type { Row } from '../rows/row.ts'
import type { Rows } from './rows.ts'

/** Rows by id, each read once in the life of one report. */
const remembered = <R extends Row>(rows: Rows, model: Model<R>, scope: Scope | undefined) => {
  const known = new Map<string, R | undefined>()
  return {
    of: (id: string): R | undefined => known.get(id),
    async load(ids: Iterable<string | undefined>): Promise<void> {
      const missing = [...new Set(ids)].filter((id) => id !== undefined && !known.has(id))
      const found = scope ? await rows.byIds(model, scope, missing) : new Map<string, R>()
      for (const id of missing) known.set(id ?? '', found.get(id ?? ''))
    },
  }
}

export type Lookups = {
  readonly known: Known
  /** Reads what the groupings need to know of these entries. */
  readonly load: (groupings: readonly Grouping[], entries: readonly Entry[]) => Promise<void>
  /** The names behind the keys of a grouping, as far as there are any. */
  readonly names: (grouping: Grouping, keys: readonly string[]) => Promise<(key: string) => string | undefined>
}

/** Whoever may read no file of a customer learns neither its name nor its region from a report. */
export const lookupsFor = (rows: Rows, call: Call): Lookups => {
  const { companyId } = call.actor
  const everything = companyScope(companyId)
  const persons = remembered(rows, people, everything)
  const clients = remembered(rows, customers, scopeIfAny(call, 'customers.read'))
  const units = remembered(rows, orgUnits, everything)
  const namesOf = async <R extends Row & { readonly name: string }>(
    { of, load }: { of: (id: string) => R | undefined; load: (ids: readonly string[]) => Promise<void> },
    keys: readonly string[],
  ) => {
    await load(keys)
    return (key: string) => of(key)?.name
  }
  return {
    known: {
      isOffice: (unitId) => units.of(unitId)?.kind === 'office',
      managerOf: (personId, date) => seatOn(persons.of(personId), date)?.managerId,
      regionOf: (customerId) => clients.of(customerId)?.region,
    },
    async load(groupings, entries) {
      if (groupings.includes('office')) await units.load(entries.flatMap(({ orgPath = [] }) => orgPath))
      if (groupings.includes('manager')) await persons.load(entries.map(({ ownerId }) => ownerId))
      if (groupings.includes('region')) await clients.load(entries.map(({ customerId }) => customerId))
    },
    async names(grouping, keys) {
      if (grouping === 'orgUnit' || grouping === 'office') return namesOf(units, keys)
      if (grouping === 'manager' || grouping === 'person') return namesOf(persons, keys)
      if (grouping === 'customer') return namesOf(clients, keys)
      if (grouping !== 'product') return () => undefined
      const found = await rows.where(products, companyId, { sku: { $in: keys } })
      const names = new Map(found.map(({ sku, name }) => [sku, name]))
      return (sku) => names.get(sku)
    },
  }
}
