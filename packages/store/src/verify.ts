import { notFound } from '@saleswright/kernel'
import type { mongo } from 'mongoose'
import type { AuditFault, EventLog, RecordOf, Seal, VerifiedSlice } from './event-log-port.ts'
import type { Numbered } from './numbered.ts'
import type { Plan, Stored } from './plan.ts'
import { isAsLeft } from './record-state.ts'
import { hashOf, type Row } from './rows.ts'
import { checkpointsFrom, type SealedLog } from './verify-checkpoints.ts'
import { type Place, placeOf, tokenOf } from './verify-place.ts'

type Link = { readonly aggregateId: string; readonly version: number; readonly hash: string; readonly eventId: string }

const START = { version: 0, hash: '', eventId: '' }
const ROWS = 2_000
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

const verifyRows = (rows: Iterable<Row>): Walked => {
  let last: Link | undefined
  let events = 0
  for (const row of rows) {
    const before = last?.aggregateId === row.aggregateId ? last : START
    const fault = faultAfter(before, row)
    if (fault) return { events, fault }
    last = { aggregateId: row.aggregateId, version: row.version, hash: row.hash, eventId: row._id }
    events++
  }
  return { events }
}

/** What is wrong with a record that should be as the last event of its chain left it. */
const headFault = (plan: Plan, head: Stored, row: Row | undefined): AuditFault | undefined => {
  const { _id: aggregateId, version, chain } = head
  if (!row) return { what: 'dropped', aggregateId, version }
  const where = at(row, version, row._id)
  if (row.hash !== chain?.hash) return { what: 'changed', ...where }
  return isAsLeft(plan, head, row.state) === false ? { what: 'altered', ...where } : undefined
}

type Parts = {
  readonly events: mongo.Collection<Row>
  readonly plans: ReadonlyMap<string, Plan>
  readonly sealedLog: SealedLog
  readonly numbered: Numbered
  readonly seal?: Seal
}

const verifyHeads = async (
  { events }: Parts,
  plan: Plan,
  heads: readonly Stored[],
): Promise<AuditFault | undefined> => {
  if (heads.length === 0) return undefined
  const rows = await events.find({ $or: heads.map(({ _id, version }) => ({ aggregateId: _id, version })) }).toArray()
  const byId = new Map(rows.map((row) => [row.aggregateId, row]))
  return heads.map((head) => headFault(plan, head, byId.get(head._id))).find(Boolean)
}

const HEAD = { chain: { $exists: true } } as const

/** Told by the record itself, or where that is gone by its events: whoever took the one has not hidden the other. */
const isThere = async ({ events, plans }: Parts, { companyId, aggregateId }: RecordOf): Promise<boolean> => {
  if (await events.findOne({ aggregateId, companyId }, { projection: { _id: 1 } })) return true
  for (const { collection } of plans.values()) {
    if (await collection.findOne({ _id: aggregateId, companyId, ...HEAD })) return true
  }
  return false
}

const verifyRecord = async (parts: Parts, of: RecordOf): Promise<Walked> => {
  if (!(await isThere(parts, of))) throw notFound('record', of.aggregateId)
  const { aggregateId } = of
  const chain = verifyRows(await parts.events.find({ aggregateId }).sort({ version: 1 }).toArray())
  if (chain.fault) return chain
  for (const plan of parts.plans.values()) {
    const heads = await plan.collection.find({ _id: aggregateId, ...HEAD } as mongo.Filter<Stored>).toArray()
    const fault = await verifyHeads(parts, plan, heads)
    if (fault) return { events: chain.events, fault }
  }
  return chain
}

/** What one step found, and where the next begins; nothing is left without `next`. */
type Step = {
  readonly events?: number
  readonly checkpoints?: number
  readonly fault?: AuditFault
  readonly next?: Place
}
type Whose = { readonly companyId?: string }

/** The events of the next few records, each with all of its own. */
const nextRows = async (events: mongo.Collection<Row>, whose: Whose, after: string) => {
  const rows = await events
    .find({ ...whose, aggregateId: { $gt: after } })
    .sort({ aggregateId: 1, version: 1 })
    .limit(ROWS)
    .toArray()
  const last = rows.at(-1)?.aggregateId
  if (rows.length < ROWS || last === undefined) return { rows, last: undefined }
  const whole = rows.filter(({ aggregateId }) => aggregateId !== last)
  const previous = whole.at(-1)?.aggregateId
  if (previous !== undefined) return { rows: whole, last: previous }
  return { rows: await events.find({ aggregateId: last }).sort({ version: 1 }).toArray(), last }
}

const stepOver = async (parts: Parts, whose: Whose, place: Place): Promise<Step> => {
  const kinds = [...parts.plans.keys()]
  if (place.stage === 'events') {
    const { rows, last } = await nextRows(parts.events, whose, place.after)
    const next: Place =
      last === undefined ? { stage: 'records', kind: kinds[0] ?? '', after: '' } : { stage: 'events', after: last }
    return { ...verifyRows(rows), next }
  }
  if (place.stage === 'checkpoints') {
    const { before, fault } = await checkpointsFrom(parts.sealedLog, parts.numbered.batch, parts.seal, place.after)
    const step = { checkpoints: (before ?? place.after) - place.after, ...(fault && { fault }) }
    return before === undefined || before === place.after
      ? step
      : { ...step, next: { stage: 'checkpoints', after: before } }
  }
  const plan = parts.plans.get(place.kind)
  const filter = { ...whose, ...HEAD, _id: { $gt: place.after } } as mongo.Filter<Stored>
  const heads = plan ? await plan.collection.find(filter).sort({ _id: 1 }).limit(HEADS).toArray() : []
  const fault = plan && (await verifyHeads(parts, plan, heads))
  const last = heads.at(-1)?._id
  if (heads.length === HEADS && last !== undefined) return { ...(fault && { fault }), next: { ...place, after: last } }
  const kind = kinds[kinds.indexOf(place.kind) + 1]
  const next: Place = kind === undefined ? { stage: 'checkpoints', after: 0 } : { stage: 'records', kind, after: '' }
  return { ...(fault && { fault }), next }
}

/**
 * Every record must be what the last event of its chain left, and every chain whole: so an event or a record that was changed, and a
 * cut tail, are found. Goes on until the time is up, and says where.
 */
const verifySlice = async (parts: Parts, whose: Whose, from: Place, until: number): Promise<VerifiedSlice> => {
  let [events, checkpoints] = [0, 0]
  let place: Place | undefined = from
  while (place) {
    const step: Step = await stepOver(parts, whose, place)
    events += step.events ?? 0
    checkpoints += step.checkpoints ?? 0
    if (step.fault) return { events, checkpoints, fault: step.fault, next: '' }
    place = step.next
    if (place && performance.now() >= until) return { events, checkpoints, next: tokenOf(place) }
  }
  return { events, checkpoints, next: '' }
}

export const createVerify = (parts: Parts): Pick<EventLog, 'verifyChain' | 'verifySlice'> => ({
  async verifyChain(of) {
    if (of) return { checkpoints: 0, ...(await verifyRecord(parts, of)) }
    const { next: _, ...found } = await verifySlice(parts, {}, placeOf(''), Infinity)
    return found
  },
  verifySlice: async ({ companyId, from, forMs }) =>
    verifySlice(parts, { companyId }, placeOf(from), performance.now() + forMs),
})
