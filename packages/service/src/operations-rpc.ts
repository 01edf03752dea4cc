import type { MessageInitShape } from '@bufbuild/protobuf'
import type { Log } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import {
  type AuditEntrySchema,
  type ParkedEventRowSchema,
  ServiceOperationsService,
} from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import { invalidField, notFound } from '@saleswright/kernel'
import { type Bound, bind } from '@saleswright/rpc'
import type { AuditEntry, AuditFault, EventLog, Verified } from '@saleswright/store'
import type { ParkedOperations, ParkedRow } from './parked.ts'

/** What operators may look at and do in one hosted service. */
export type Operations = {
  readonly parked: ParkedOperations
  readonly eventLog: Pick<EventLog, 'audit' | 'verifyChain' | 'verifySlice'>
  readonly log: Log
}

const PAGE = 50
/** Well within the time that a caller has. */
const VERIFY_MS = 2_000

/** Parked events and audit trail of every service of a host; `context_not_found` for one that is not hosted here. */
export const operationsRpc = (operationsOf: (context: string) => Operations | undefined): Bound => {
  const of = (context: string): Operations => {
    const operations = operationsOf(context)
    if (!operations) throw notFound('context', context)
    return operations
  }
  return bind(ServiceOperationsService, {
    listParked: async ({ context, companyId, limit, afterId }) =>
      pageOf(await of(context).parked.list(companyId), limit || PAGE, afterId),

    replayParked: async ({ context, companyId, parkedEventId }) =>
      rowOf(await of(context).parked.replay(companyId, parkedEventId)),

    dropParked: async ({ context, companyId, parkedEventId, reason, actorId }) => {
      const { parked, log } = of(context)
      const dropped = await parked.drop(companyId, parkedEventId)
      log.warn({ context, parkedEventId, type: dropped.type, actorId, reason }, 'a parked event was given up')
      return rowOf(dropped)
    },

    readAudit: async ({ context, companyId, aggregateId, limit, afterId, orderBy, withTotal }) => {
      const page = { pageSize: limit, pageToken: afterId, orderBy, withTotal }
      const asked = { ...page, ...(aggregateId && { aggregateId }) }
      const { items, nextPageToken, totalSize } = await of(context).eventLog.audit(companyId, asked)
      const total = totalSize !== undefined && { totalSize }
      return { entries: items.map(entryOf), nextId: nextPageToken, ...total }
    },

    verifyChain: async ({ context, companyId, aggregateId, pageToken: from }) => {
      const { eventLog } = of(context)
      if (aggregateId || !companyId)
        return verdictOf(await eventLog.verifyChain(aggregateId ? { companyId, aggregateId } : undefined))
      return verdictOf(await eventLog.verifySlice({ companyId, from, forMs: VERIFY_MS }))
    },
  })
}

/** A seal is over the records of all companies, so what it found names none of them. */
const findingOf = ({ what, checkpoint, aggregateId, version }: AuditFault): string =>
  checkpoint === undefined ? `${what} at ${aggregateId} version ${version}` : `${what} at checkpoint ${checkpoint}`

const verdictOf = ({ fault, events, checkpoints, next = '' }: Verified & { readonly next?: string }) => ({
  intact: !fault,
  events: BigInt(events),
  checkpoints: BigInt(checkpoints),
  nextPageToken: next,
  ...(fault && { finding: findingOf(fault) }),
  ...(fault?.eventId && fault.checkpoint === undefined && { firstBadEventId: fault.eventId }),
})

/** What a page went up to may have been replayed or dropped meanwhile: then there is no place to go on from. */
const pageOf = (rows: readonly ParkedRow[], limit: number, afterId: string) => {
  const from = afterId ? rows.findIndex(({ id }) => id === afterId) + 1 : 0
  if (afterId && from === 0) throw invalidField('pageToken', 'page_token_mismatch')
  const page = rows.slice(from, from + limit)
  const nextId = from + limit < rows.length ? (page.at(-1)?.id ?? '') : ''
  return { parkedEvents: page.map(rowOf), nextId, totalSize: rows.length }
}

const rowOf = ({ id, group, reason, parkedAt, ...row }: ParkedRow): MessageInitShape<typeof ParkedEventRowSchema> => ({
  ...row,
  parkedEventId: id,
  consumer: group,
  error: reason,
  parkedAt: instant(parkedAt),
})

const entryOf = (entry: AuditEntry): MessageInitShape<typeof AuditEntrySchema> => ({
  eventId: entry.eventId,
  type: entry.type,
  aggregateId: entry.aggregateId,
  aggregateVersion: BigInt(entry.aggregateVersion),
  actorId: entry.actorId,
  correlationId: entry.correlationId,
  recordedAt: instant(entry.recordedAt),
  changes: JSON.stringify(entry.diff),
})
