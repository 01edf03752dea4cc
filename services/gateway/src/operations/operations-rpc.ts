import { ServiceOperationsService } from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import type { OperationsService } from '@saleswright/contracts/saleswright/gateway/v1/operations_pb.ts'
import { type Actor, invalid } from '@saleswright/kernel'
import { type Call, type Client, type Implementation, wholeCompany } from '@saleswright/rpc'
import { CONTEXTS, type Context, type Platform } from '@saleswright/service'
import { badOrderBy } from '@saleswright/store'

const PAGE = 50

/**
 * Parked events and audit trails of all services. The services answer the gateway itself; whoever
 * asks the gateway needs its permissions over the company, and gets what is the company's.
 */
export const operationsRpc = ({ client }: Pick<Platform, 'client'>): Implementation<typeof OperationsService> => {
  const of = (context: string): Client<typeof ServiceOperationsService> =>
    client(ServiceOperationsService, contextNamed(context))
  return {
    listParkedEvents: async ({ context, pageSize, pageToken, orderBy, withTotal }, call) => {
      const { companyId } = operatorOf(call)
      if (orderBy) throw badOrderBy(orderBy, [])
      const asked = { context, companyId, limit: pageSize || PAGE, afterId: pageToken }
      const page = await of(context).listParked(asked)
      const total = withTotal && { totalSize: page.totalSize }
      return { parkedEvents: page.parkedEvents, nextPageToken: page.nextId, ...total }
    },
    replayParkedEvent: async ({ context, parkedEventId }, call) => {
      const { companyId } = operatorOf(call)
      return { parkedEvent: await of(context).replayParked({ context, companyId, parkedEventId }) }
    },
    dropParkedEvent: async ({ context, parkedEventId, reason }, call) => {
      const { companyId, id: actorId } = operatorOf(call)
      return { parkedEvent: await of(context).dropParked({ context, companyId, parkedEventId, reason, actorId }) }
    },
    listAuditEntries: async ({ context, aggregateId, pageSize, pageToken, orderBy, withTotal }, call) => {
      const { companyId } = operatorOf(call)
      const page = { limit: pageSize || PAGE, afterId: pageToken, orderBy, withTotal }
      const { entries, nextId, totalSize } = await of(context).readAudit({ context, aggregateId, companyId, ...page })
      const total = totalSize !== undefined && { totalSize }
      return { auditEntries: entries, nextPageToken: nextId, ...total }
    },
    verifyAudit: async ({ context, aggregateId, pageToken }, call) => {
      const { companyId } = operatorOf(call)
      const { $typeName: _, ...verdict } = await of(context).verifyChain({ context, aggregateId, companyId, pageToken })
      return verdict
    },
  }
}

/** What is parked and what was written belongs to no unit: over less than the company the permission is none. */
const operatorOf = (call: Call): Actor => {
  wholeCompany(call)
  return call.actor
}

const contextNamed = (name: string): Context => {
  const known = CONTEXTS.find((context) => context === name)
  if (known) return known
  throw invalid('malformed_request', {}, [{ field: 'context', rule: 'enum', message: CONTEXTS.join(', ') }])
}
