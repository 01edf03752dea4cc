import { type Aggregate, type Cause, conflict, type Decision } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import { Overtaken, PRIMARY } from './faults.ts'
import { outboxEntries } from './outbox.ts'
import type { Plan, Stored } from './plan.ts'
import { stateOf } from './record-state.ts'
import { diffOf, type Row, rowsOf } from './rows.ts'
import { type Doc, same } from './values.ts'

/** A record as one attempt knows it. */
export type Entry = {
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
export type Describe = Parameters<typeof rowsOf>[3]

/** What an attempt has read and what it will write. */
export type Staging = {
  readonly seen: (plan: Plan, id: string) => { readonly current: Stored | undefined } | undefined
  /** Remembers what was read; what this attempt read in another version before was overtaken. */
  readonly learn: (plan: Plan, document: Stored) => Stored | undefined
  readonly save: <T extends Aggregate>(plan: Plan<T>, decision: Decision<T>) => T
  readonly put: <T extends Aggregate>(plan: Plan<T>, record: T) => T
  readonly remove: (plan: Plan, record: Aggregate) => void
  readonly wrote: (plan: Plan, id: string) => boolean
  readonly unsent: () => readonly Entry[]
  /** Everything that was sent. */
  readonly written: () => Iterable<Entry>
  readonly writes: (database: string) => readonly Write[]
  /** Of the events that were not sent. */
  readonly lastEvent: () => string | undefined
  /** Everything staged is with the database now. */
  readonly sent: () => void
  /** Records in the order in which they were first read or written. */
  readonly entries: () => Iterable<Entry>
}

export const keyOf = (plan: Plan, id: string): string => `${plan.namespace}/${id}`

/** The fields that differ: unknown ones, which newer code may have written, stay untouched. */
const updateOf = ({ fields }: Plan, stored: Stored, current: Stored): mongo.Document => {
  const [before, after]: readonly [Doc, Doc] = [stored, current]
  const changed = [...fields, 'schema', 'version', 'chain'].filter((field) => !same(before[field], after[field]))
  const unset = changed.filter((field) => after[field] === undefined)
  const set = changed.filter((field) => after[field] !== undefined)
  return {
    $set: Object.fromEntries(set.map((field) => [field, after[field]])),
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

/** The events of these records, and the word to the relay that they are there. */
const tellingOf = (database: string, entries: readonly Entry[]): readonly Write[] => {
  const insert = (collection: string, document: mongo.Document): Write => {
    return { namespace: `${database}.${collection}`, name: 'insertOne', document }
  }
  const chains = entries
    .filter(({ rows }) => rows.length > 0)
    .map(({ stored, rows }) => ({ last: stored?.chain?.eventId, rows }))
  const events = chains.flatMap(({ rows }) => rows)
  return [
    ...events.map((row) => insert('events', row)),
    ...outboxEntries(chains).map((entry) => insert('outbox', entry)),
  ]
}

/** The entry that a record of this version belongs to; version 0 opens one. */
const entryOf = (entries: Map<string, Entry>, plan: Plan, { id, version }: Aggregate): Entry => {
  const entry = entries.get(keyOf(plan, id))
  // What is another company's was read and not found.
  const taken = version === 0 && entry?.stored && plan.uniques.get(PRIMARY)
  if (taken) throw conflict(taken)
  if (version !== (entry?.current?.version ?? 0) || (entry?.stored && !entry.current)) {
    const there = entry?.current ? `stands at ${entry.current.version}` : 'was not read in this transaction'
    throw new Error(`The ${plan.name} ${id} is written at version ${version}, but ${there}`)
  }
  const opened = entry ?? { plan, id, stored: undefined, current: undefined, rows: [] }
  entries.set(keyOf(plan, id), opened)
  return opened
}

const documentOf = <T extends Aggregate>(plan: Plan<T>, record: T, version: number): Stored => {
  const { companyId, id: _id } = record
  return { ...plan.document(record), companyId, _id, version, schema: plan.version }
}

type Told = { readonly cause: Cause; readonly describe: Describe }

const stageDecision = <T extends Aggregate>(
  entry: Entry,
  plan: Plan<T>,
  { next, events }: Decision<T>,
  { cause, describe }: Told,
): T => {
  const { name: record, fields, sensitive } = plan
  const { id: aggregateId, companyId, version } = next
  const { current: before } = entry
  if (before && !before.chain) throw new Error(`The ${record} ${aggregateId} is kept by 'put', which tells nothing`)
  const document = documentOf(plan, next, version + events.length)
  const diff = before && diffOf(before, document, fields, sensitive)
  const state = stateOf(plan, document)
  const told = { record, companyId, aggregateId, version, chain: before?.chain, diff, state }
  const rows = rowsOf(cause, told, events, describe)
  const last = rows.at(-1)
  entry.current = { ...document, ...(last && { chain: { hash: last.hash, eventId: last._id } }) }
  entry.rows = [...entry.rows, ...rows]
  return { ...next, version: document.version }
}

const stageRecord = <T extends Aggregate>(entry: Entry, plan: Plan<T>, record: T): T => {
  const before: (Doc & Stored) | undefined = entry.current
  if (before?.chain) throw new Error(`The ${plan.name} ${record.id} tells events: 'save' keeps it`)
  const document: Doc & Stored = documentOf(plan, record, record.version + 1)
  if (before && plan.fields.every((field) => same(before[field], document[field]))) return record
  entry.current = document
  return { ...record, version: document.version }
}

export const createStaging = (cause: Cause, describe: Describe): Staging => {
  const entries = new Map<string, Entry>()
  const written = new Set<Entry>()
  const unsent = () => [...entries.values()].filter(({ stored, current }) => stored !== current)
  return {
    seen: (plan, id) => entries.get(keyOf(plan, id)),
    learn(plan, document) {
      const key = keyOf(plan, document._id)
      const known = entries.get(key)
      if (known && known.stored?.version !== document.version) throw new Overtaken(key)
      if (!known) entries.set(key, { plan, id: document._id, stored: document, current: document, rows: [] })
      return known ? known.current : document
    },
    save(plan, decision) {
      const { next, events } = decision
      if (events.length === 0 && next.version === 0) throw new Error(`A new ${plan.name} tells no event`)
      if (events.length === 0) return next
      return stageDecision(entryOf(entries, plan as unknown as Plan, next), plan, decision, { cause, describe })
    },
    put: (plan, record) => stageRecord(entryOf(entries, plan as unknown as Plan, record), plan, record),
    remove(plan, record) {
      const entry = entryOf(entries, plan, record)
      if (entry.current?.chain) throw new Error(`The ${plan.name} ${record.id} tells events and is never deleted`)
      entry.current = undefined
    },
    wrote(plan, id) {
      const entry = entries.get(keyOf(plan, id))
      return entry !== undefined && (written.has(entry) || entry.stored !== entry.current)
    },
    unsent,
    written: () => written,
    writes(database) {
      const entries = unsent()
      return [...entries.map(writeOf), ...tellingOf(database, entries)]
    },
    lastEvent: () =>
      unsent()
        .flatMap(({ rows }) => rows)
        .at(-1)?._id,
    sent() {
      for (const entry of unsent()) {
        entry.stored = entry.current
        entry.rows = []
        written.add(entry)
      }
    },
    entries: () => entries.values(),
  }
}
