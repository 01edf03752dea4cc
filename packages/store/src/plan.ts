import type { Aggregate, Scope } from '@saleswright/kernel'
import type { mongo, Schema } from 'mongoose'
import type { Base, Fields, Filter, Mapping } from './mapping.ts'
import { BASE_FIELDS, SCOPE_FIELDS } from './own-fields.ts'
import type { Repository } from './record-port.ts'
import { checkNumbers, type Doc, same } from './values.ts'

export type Stored = Doc & Base

/** A mapping bound to its collection: what the store itself needs to know of a repository. */
export type Plan<T extends Aggregate = Aggregate> = {
  readonly name: string
  readonly collection: mongo.Collection<Stored>
  readonly namespace: string
  readonly schema: Schema
  readonly version: number
  /** All fields that are ours to set or unset: the mapped ones and those of the row scope. */
  readonly fields: readonly string[]
  readonly sensitive: ReadonlySet<string>
  readonly orders: ReadonlyMap<string, string | readonly string[]>
  readonly listed: string
  readonly uniques: ReadonlyMap<string, string>
  readonly reaches: readonly string[]
  readonly document: (record: T) => Doc
  readonly record: (document: Stored) => T
}

const mappedFields = ({ schema, name }: { schema: Schema; name: string }): readonly string[] => {
  const fields = new Set(Object.keys(schema.paths).map((path) => path.split('.')[0] ?? path))
  fields.delete('_id')
  const own = [...fields].find((field) => BASE_FIELDS.has(field))
  if (own !== undefined) throw new Error(`The mapping of ${name} names '${own}', which the store writes by itself`)
  return [...fields]
}

/** The fields of the row scope that are there. */
const scopeFields = (of: Partial<Record<(typeof SCOPE_FIELDS)[number], unknown>>): Doc =>
  Object.fromEntries(SCOPE_FIELDS.filter((field) => of[field] !== undefined).map((field) => [field, of[field]]))

/** What newer code wrote stays where it is: no mapping is shown it, so that none gives it back as its own. */
const shown = (document: Stored, known: ReadonlySet<string>): Stored => {
  const isShown = (field: string): boolean => known.has(field) || BASE_FIELDS.has(field)
  const fields = Object.keys(document)
  if (fields.every(isShown)) return document
  return Object.fromEntries(fields.filter(isShown).map((field) => [field, document[field]])) as unknown as Stored
}

type Indexed = Pick<Mapping<Aggregate>, 'name' | 'schema' | 'uniques' | 'generated'>

/** Every unique index of a mapping has the code that callers see, or is of values that the service makes itself. */
const checkUniques = ({ name, schema, uniques = {}, generated = [] }: Indexed): void => {
  for (const [keys, options] of schema.indexes()) {
    // Without a name, an index has that of its keys, as the driver makes it.
    const index = options.name ?? Object.entries(keys).flat().join('_')
    if (options.unique && !(index in uniques) && !generated.includes(index)) {
      throw new Error(`The unique index '${index}' of ${name} has no code for callers`)
    }
  }
}

export const planOf = <T extends Aggregate, D extends object>(
  mapping: Mapping<T, D>,
  collection: mongo.Collection<Stored>,
): Plan<T> => {
  checkUniques(mapping)
  const mapped = mappedFields(mapping)
  const known = new Set(mapped)
  return {
    name: mapping.name,
    collection,
    namespace: collection.namespace,
    schema: mapping.schema,
    version: mapping.version,
    fields: [...mapped, ...SCOPE_FIELDS],
    sensitive: new Set(mapping.sensitive),
    orders: new Map(Object.entries(mapping.orders ?? {})),
    listed: mapping.listed ?? '',
    uniques: new Map(Object.entries(mapping.uniques ?? {})),
    reaches: mapping.reaches ?? ['self', 'team', 'subtree', 'partner'],
    document(record) {
      const document = mapping.document(record) as Doc
      for (const [field, value] of Object.entries(document)) {
        if (value !== undefined && !known.has(field)) throw new Error(`The schema of ${mapping.name} lacks '${field}'`)
        checkNumbers(value, field)
      }
      return { ...document, ...scopeFields(record) }
    },
    record: (document) =>
      ({
        ...(mapping.record(shown(document, known) as unknown as D & Base) as Fields<T>),
        ...scopeFields(document),
        id: document._id,
        version: document.version,
      }) as unknown as T,
  }
}

const plans = new WeakMap<object, Plan>()

export const bindPlan = <T extends Aggregate>(repository: Repository<T>, plan: Plan<T>): Repository<T> => {
  plans.set(repository, plan as unknown as Plan)
  return repository
}

export const planBehind = <T extends Aggregate>(repository: Repository<T>): Plan<T> => {
  const plan = plans.get(repository)
  if (!plan) throw new Error(`${repository.name} is no repository of a store`)
  return plan as unknown as Plan<T>
}

/** The condition of a scope and a filter together: neither can widen the other. */
export const within = (scope: Scope, filter: Filter): mongo.Filter<Stored> => {
  const condition = Object.keys(scope.equals).some((field) => field in filter)
    ? { $and: [scope.equals, filter] }
    : { ...scope.equals, ...filter }
  return condition as mongo.Filter<Stored>
}

/** Whether a document lies in a scope, as the store itself would say. */
export const covers = (scope: Scope, document: Doc): boolean =>
  Object.entries(scope.equals).every(([field, value]) => {
    const stored = document[field]
    return Array.isArray(stored) ? stored.includes(value) : same(stored, value)
  })

/** `['-date', 'no']` → `{ date: -1, no: 1 }`. */
export const sortOf = (fields: readonly string[]): Record<string, 1 | -1> =>
  Object.fromEntries(fields.map((field) => (field.startsWith('-') ? [field.slice(1), -1] : [field, 1])))
