import type { MessageInitShape } from '@bufbuild/protobuf'
import type { Log } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import {
  type AuditEntrySchema,
  type ParkedEventRowSchema,
  ServiceOperationsService,
} from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import { invalid, notFound } from '@saleswright/kernel'
import { type Bound, bind } from '@saleswright/rpc'
import type { AuditEntry, EventLog } from '@saleswright/store'
import type { ParkedOperations, ParkedRow } from './parked.ts'

/** What operators may look at and do in one hosted service. */
export type Operations = {
  readonly parked: ParkedOperations
  readonly eventLog: Pick<EventLog, 'audit' | 'verifyChain'>
  readonly log: Log
}

const PAGE = 50

/** Parked events and audit trail of every service of a host; `context_not_found` for one that is not hosted here. */
export const operationsRpc = (operationsOf: (context: string) => Operations | undefined): Bound => {
  const of = (context: string): Operations => {
    const operations = operationsOf(context)
    if (!operations) throw notFound('context', context)
    return operations
  }
  return bind(ServiceOperationsService, {
    listParked: async ({ context, limit, afterId }) => pageOf(await of(context).parked.list(), limit || PAGE, afterId),

    replayParked: async ({ context, parkedEventId }) => rowOf(await of(context).parked.replay(parkedEventId)),

    dropParked: async ({ context, parkedEventId, reason, actorId }) => {
      const { parked, log } = of(context)
      const dropped = await parked.drop(parkedEventId)
      log.warn({ context, parkedEventId, type: dropped.type, actorId, reason }, 'a parked event was given up')
      return rowOf(dropped)
    },

    readAudit: async ({ context, companyId, aggregateId, limit, afterId }) => {
      const page = { limit: limit || PAGE, afterVersion: versionFrom(afterId) }
      const entries = await of(context).eventLog.audit(companyId, aggregateId, page)
      const full = entries.length === page.limit
      return { entries: entries.map(entryOf), nextId: full ? String(entries.at(-1)?.aggregateVersion ?? '') : '' }
    },

    verifyChain: async ({ context, companyId, aggregateId }) => {
      const { fault } = await of(context).eventLog.verifyChain(aggregateId ? { companyId, aggregateId } : undefined)
      if (!fault) return { intact: true }
      const { what, aggregateId: where, version, eventId } = fault
      return {
        intact: false,
        finding: `${what} at ${where} version ${version}`,
        ...(eventId && { firstBadEventId: eventId }),
      }
    },
  })
}

const pageOf = (rows: readonly ParkedRow[], limit: number, afterId: string) => {
  const from = afterId ? rows.findIndex(({ id }) => id === afterId) + 1 : 0
  const page = rows.slice(from, from + limit)
  return { parkedEvents: page.map(rowOf), nextId: from + limit < rows.length ? (page.at(-1)?.id ?? '') : '' }
}

const rowOf = ({ id, group, reason, parkedAt, ...row }: ParkedRow): MessageInitShape<typeof ParkedEventRowSchema> => ({
  ...row,
  parkedEventId: id,
  consumer: group,
  error: reason,
  parkedAt: instant(parkedAt),
})

/** The pages of a trail go on behind a version. */
const versionFrom = (afterId: string): number => {
  const version = Number(afterId || 0)
  if (!Number.isSafeInteger(version) || version < 0) throw invalid('bad_page_token')
  return version
}

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
