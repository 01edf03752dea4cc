import { notFound } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import type { AuditFault, EventLog, RecordOf, Seal } from './event-log-port.ts'
import type { Numbered } from './numbered.ts'
import type { Plan } from './plan.ts'
import { hashOf, type Row } from './rows.ts'
import { type SealedLog, verifyCheckpoints } from './verify-checkpoints.ts'

type Link = { readonly aggregateId: string; readonly version: number; readonly hash: string; readonly eventId: string }

const START = { version: 0, hash: '', eventId: '' }
const HEADS = 200
/** How far a row may have been moved and still be recognised. */
const FARTHEST = 10_000

const at = ({ aggregateId }: Row, version: number, eventId: string) => ({ aggregateId, version, eventId })

/** The hash tells which number a row had when it was written. */
const wasElsewhere = (row: Row): boolean => {
  for (let version = 1; version <= FARTHEST; version++) {
    if (version !== row.version && hashOf(row, row.prevHash, version) === row.hash) return true
  }
  return false
}

/** What is wrong with the row that follows a link of the same aggregate's chain. */
const faultAfter = (before: Omit<Link, 'aggregateId'>, row: Row): AuditFault | undefined => {
  const version = before.version + 1
  const own = hashOf(row, row.prevHash, row.version) === row.hash
  if (!own) return { what: wasElsewhere(row) ? 'reordered' : 'changed', ...at(row, version, row._id) }
  if (row.version !== version) return { what: 'dropped', aggregateId: row.aggregateId, version }
  if (row.prevHash === before.hash) return undefined
  // The row is as it was written: the one before it was made anew, or never belonged here.
  return before.version === 0
    ? { what: 'changed', ...at(row, version, row._id) }
    : { what: 'changed', ...at(row, before.version, before.eventId) }
}

type Walked = { readonly events: number; readonly fault?: AuditFault }

const verifyRows = async (rows: AsyncIterable<Row>): Promise<Walked> => {
  let last: Link | undefined
  let events = 0
  for await (const row of rows) {
    const before = last?.aggregateId === row.aggregateId ? last : START
    const fault = faultAfter(before, row)
    if (fault) return { events, fault }
    last = { aggregateId: row.aggregateId, version: row.version, hash: row.hash, eventId: row._id }
    events++
  }
  return { events }
}

type Head = { readonly _id: string; readonly version: number; readonly chain: { readonly hash: string } }

const headFault = ({ _id: aggregateId, version, chain }: Head, row: Row | undefined): AuditFault | undefined => {
  if (!row) return { what: 'dropped', aggregateId, version }
  return row.hash === chain.hash ? undefined : { what: 'changed', ...at(row, version, row._id) }
}

/** Every record must end in the last event of its chain: so a cut tail is found. */
const verifyHeads = async (
  { collection }: Plan,
  events: mongo.Collection<Row>,
  aggregateId: string | undefined,
): Promise<AuditFault | undefined> => {
  const filter = { chain: { $exists: true }, ...(aggregateId !== undefined && { _id: aggregateId }) }
  const heads = collection.find<Head>(filter).project<Head>({ version: 1, chain: 1 }).sort({ _id: 1 })
  let batch: Head[] = []
  const check = async (): Promise<AuditFault | undefined> => {
    if (batch.length === 0) return undefined
    const rows = await events.find({ $or: batch.map(({ _id, version }) => ({ aggregateId: _id, version })) }).toArray()
    const byId = new Map(rows.map((row) => [row.aggregateId, row]))
    return batch.map((head) => headFault(head, byId.get(head._id))).find(Boolean)
  }
  for await (const head of heads) {
    batch.push(head)
    if (batch.length < HEADS) continue
    const fault = await check()
    if (fault) return fault
    batch = []
  }
  return await check()
}

type Parts = {
  readonly events: mongo.Collection<Row>
  readonly plans: ReadonlyMap<string, Plan>
  readonly sealedLog: SealedLog
  readonly numbered: Numbered
  readonly seal?: Seal
}

/** Told by the record itself, or where that is gone by its events: whoever took the one has not hidden the other. */
const isThere = async ({ events, plans }: Parts, { companyId, aggregateId }: RecordOf): Promise<boolean> => {
  if (await events.findOne({ aggregateId, companyId }, { projection: { _id: 1 } })) return true
  for (const { collection } of plans.values()) {
    if (await collection.findOne({ _id: aggregateId, companyId, chain: { $exists: true } })) return true
  }
  return false
}

export const createVerify = (parts: Parts): EventLog['verifyChain'] => {
  const { events, plans, sealedLog, numbered, seal } = parts
  return async (of) => {
    if (of && !(await isThere(parts, of))) throw notFound('record', of.aggregateId)
    const aggregateId = of?.aggregateId
    const filter = aggregateId === undefined ? {} : { aggregateId }
    const chain = await verifyRows(events.find(filter).sort({ aggregateId: 1, version: 1 }))
    if (chain.fault) return { checkpoints: 0, ...chain }
    for (const plan of plans.values()) {
      const fault = await verifyHeads(plan, events, aggregateId)
      if (fault) return { events: chain.events, checkpoints: 0, fault }
    }
    if (aggregateId !== undefined) return { events: chain.events, checkpoints: 0 }
    return { events: chain.events, ...(await verifyCheckpoints(sealedLog, numbered.batch, seal)) }
  }
}
