import { ServiceOperationsService } from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import type { OperationsService } from '@saleswright/contracts/saleswright/gateway/v1/operations_pb.ts'
import { invalid } from '@saleswright/kernel'
import type { Client, Implementation } from '@saleswright/rpc'
import { CONTEXTS, type Context, type Platform } from '@saleswright/service'

const PAGE = 50

/** Parked events and audit trails of all services. The services answer the gateway itself; whoever asks the gateway needs its permissions, and gets what is of the own company. */
export const operationsRpc = ({ client }: Pick<Platform, 'client'>): Implementation<typeof OperationsService> => {
  const of = (context: string): Client<typeof ServiceOperationsService> =>
    client(ServiceOperationsService, contextNamed(context))
  return {
    listParkedEvents: async ({ context, pageSize, pageToken, orderBy, withTotal }, { actor }) => {
      if (orderBy) throw invalid('bad_order_by', { orderBy })
      const asked = { context, companyId: actor.companyId, limit: pageSize || PAGE, afterId: pageToken }
      const page = await of(context).listParked(asked)
      const total = withTotal && { totalSize: page.totalSize }
      return { parkedEvents: page.parkedEvents, nextPageToken: page.nextId, ...total }
    },
    replayParkedEvent: async ({ context, parkedEventId }, { actor }) => ({
      parkedEvent: await of(context).replayParked({ context, parkedEventId, companyId: actor.companyId }),
    }),
    dropParkedEvent: async ({ context, parkedEventId, reason }, { actor }) => {
      const whose = { companyId: actor.companyId, actorId: actor.id }
      return { parkedEvent: await of(context).dropParked({ context, parkedEventId, reason, ...whose }) }
    },
    listAuditEntries: async ({ context, aggregateId, pageSize, pageToken, orderBy, withTotal }, { actor }) => {
      const page = { limit: pageSize || PAGE, afterId: pageToken, orderBy, withTotal }
      const asked = { context, aggregateId, companyId: actor.companyId, ...page }
      const { entries, nextId, totalSize } = await of(context).readAudit(asked)
      const total = totalSize !== undefined && { totalSize }
      return { auditEntries: entries, nextPageToken: nextId, ...total }
    },
    verifyAudit: async ({ context, aggregateId }, { actor }) => {
      const { $typeName: _, ...verdict } = await of(context).verifyChain({
        context,
        aggregateId,
        companyId: actor.companyId,
      })
      return verdict
    },
  }
}

const contextNamed = (name: string): Context => {
  const known = CONTEXTS.find((context) => context === name)
  if (known) return known
  throw invalid('malformed_request', {}, [{ field: 'context', rule: 'enum', message: CONTEXTS.join(', ') }])
}
