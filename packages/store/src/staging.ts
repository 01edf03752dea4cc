import type { Aggregate, Cause, Decision } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { Overtaken } from './faults.ts'
import type { Plan, Stored } from './plan.ts'
import { diffOf, type Row, rowsOf } from './rows.ts'
import { type Doc, same } from './values.ts'

/** A record as one attempt knows it. */
type Entry = {
  readonly plan: Plan
  readonly id: string
  /** As the database has it, what this attempt has sent included. */
  stored: Stored | undefined
  /** As it shall be. */
  current: Stored | undefined
  /** Events that were not sent yet. */
  rows: readonly Row[]
}

export type Write = mongo.AnyClientBulkWriteModel<mongo.Document>

/** What an attempt has read and what it will write. */
export type Staging = {
  readonly seen: (plan: Plan, id: string) => { readonly current: Stored | undefined } | undefined
  /** Remembers what was read; what this attempt read in another version before was overtaken. */
  readonly learn: (plan: Plan, document: Stored) => Stored | undefined
  readonly save: <T extends Aggregate>(plan: Plan<T>, decision: Decision<T>) => T
  readonly put: <T extends Aggregate>(plan: Plan<T>, record: T) => T
  readonly remove: (plan: Plan, record: Aggregate) => void
  readonly unsent: () => readonly Entry[]
  readonly writes: (eventsNamespace: string) => readonly Write[]
  /** Everything staged is with the database now. */
  readonly sent: () => void
  /** Records in the order they were first read or written. */
  readonly entries: () => Iterable<Entry>
}

export const keyOf = (plan: Plan, id: string): string => `${plan.namespace}/${id}`

/** The fields that differ: unknown ones, which newer code may have written, stay untouched. */
const updateOf = ({ fields }: Plan, stored: Stored, current: Stored): mongo.Document => {
  const changed = [...fields, 'schema', 'version', 'chain'].filter(
    (field) => !same((stored as Doc)[field], (current as Doc)[field]),
  )
  const unset = changed.filter((field) => (current as Doc)[field] === undefined)
  const set = changed.filter((field) => (current as Doc)[field] !== undefined)
  return {
    $set: Object.fromEntries(set.map((field) => [field, (current as Doc)[field]])),
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, true])) }),
  }
}

const writeOf = ({ plan, id, stored, current }: Entry): Write => {
  const { namespace } = plan
  if (!stored) return { namespace, name: 'insertOne', document: current as mongo.Document }
  const filter: mongo.Document = { _id: id, version: stored.version }
  if (!current) return { namespace, name: 'deleteOne', filter }
  return { namespace, name: 'updateOne', filter, update: updateOf(plan, stored, current) }
}

type Describe = Parameters<typeof rowsOf>[3]

export const createStaging = (cause: Cause, describe: Describe): Staging => {
  const entries = new Map<string, Entry>()
  const unsent = () => [...entries.values()].filter(({ stored, current }) => stored !== current)

  /** The entry that a record of this version belongs to; version 0 opens one. */
  const entryOf = (plan: Plan, { id, version }: Aggregate): Entry => {
    const entry = entries.get(keyOf(plan, id))
    if (version !== (entry?.current?.version ?? 0) || (entry?.stored && !entry.current)) {
      const there = entry?.current ? `stands at ${entry.current.version}` : 'was not read in this transaction'
      throw new Error(`The ${plan.name} ${id} is written at version ${version}, but ${there}`)
    }
    const opened = entry ?? { plan, id, stored: undefined, current: undefined, rows: [] }
    entries.set(keyOf(plan, id), opened)
    return opened
  }

  const save = <T extends Aggregate>(plan: Plan<T>, { next, events }: Decision<T>): T => {
    const { name, fields, sensitive } = plan
    if (events.length === 0) {
      if (next.version === 0) throw new Error(`A new ${name} tells no event`)
      return next
    }
    const entry = entryOf(plan as unknown as Plan, next)
    const { current: before } = entry
    if (before && !before.chain) throw new Error(`The ${name} ${next.id} is kept by 'put', which tells nothing`)
    const document = plan.document(next)
    const diff = before && diffOf(before, document, fields, sensitive)
    const { id: aggregateId, companyId } = next
    const told = { record: name, companyId, aggregateId, version: next.version, chain: before?.chain, diff }
    const rows = rowsOf(cause, told, events, describe)
    const last = rows.at(-1)
    const version = next.version + rows.length
    const chain = { hash: last?.hash ?? '', eventId: last?._id ?? '' }
    entry.current = { ...document, companyId, _id: aggregateId, version, schema: plan.version, chain }
    entry.rows = [...entry.rows, ...rows]
    return { ...next, version }
  }

  const put = <T extends Aggregate>(plan: Plan<T>, record: T): T => {
    const entry = entryOf(plan as unknown as Plan, record)
    const { current: before } = entry
    if (before?.chain) throw new Error(`The ${plan.name} ${record.id} tells events: 'save' keeps it`)
    const document = plan.document(record)
    if (before && plan.fields.every((field) => same((before as Doc)[field], document[field]))) return record
    const version = record.version + 1
    entry.current = { ...document, companyId: record.companyId, _id: record.id, version, schema: plan.version }
    return { ...record, version }
  }

  return {
    seen: (plan, id) => entries.get(keyOf(plan, id)),
    learn(plan, document) {
      const key = keyOf(plan, document._id)
      const known = entries.get(key)
      if (known && known.stored?.version !== document.version) throw new Overtaken(key)
      if (!known) entries.set(key, { plan, id: document._id, stored: document, current: document, rows: [] })
      return known ? known.current : document
    },
    save,
    put,
    remove(plan, record) {
      const entry = entryOf(plan, record)
      if (entry.current?.chain) throw new Error(`The ${plan.name} ${record.id} tells events and is never deleted`)
      entry.current = undefined
    },
    unsent,
    writes: (namespace) =>
      unsent().flatMap((entry) => [
        writeOf(entry),
        ...entry.rows.map((row): Write => ({ namespace, name: 'insertOne', document: row as mongo.Document })),
      ]),
    sent() {
      for (const entry of unsent()) {
        entry.stored = entry.current
        entry.rows = []
      }
    },
    entries: () => entries.values(),
  }
}
