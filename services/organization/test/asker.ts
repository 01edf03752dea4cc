import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { when } from '@saleswright/bus'
import { instant } from '@saleswright/contracts'
import {
  type ApprovalDecided,
  ApprovalDecidedSchema,
  ApprovalNeededSchema,
  ApprovalPartiesChangedSchema,
  ApprovalWithdrawnSchema,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { derivedId } from '@saleswright/kernel'
import { peer } from '@saleswright/testing'

type Need = MessageInitShape<typeof ApprovalNeededSchema> & { companyId: string; requesterId: string; unitId: string }

/** Stands where orders stands: it needs decisions, and hears them. */
export const anAsker = () => {
  const decisions: ApprovalDecided[] = []
  const hear = when(ApprovalDecidedSchema, async (event) => void decisions.push(event))
  const heard = { name: 'decisions', from: ['organization'], handlers: [hear] }
  const { definition, tell } = peer('orders', { bounds: [], reactions: [heard] })
  return {
    definition,
    decisions,
    /** Gives the case's id. */
    async need(need: Need): Promise<string> {
      const { subject = 'orders/1', contentHash = 'hash' } = need
      const caseId = derivedId(subject, contentHash)
      const event = create(ApprovalNeededSchema, {
        class: 'price_under_rep_floor',
        businessDate: '2026-03-02',
        neededAt: instant(new Date('2026-03-02T02:00:00Z')),
        snapshot: '{}',
        ...need,
        caseId,
        subject,
        contentHash,
      })
      await tell(need.companyId, { aggregateId: derivedId(subject), event })
      return caseId
    },
    involve: (companyId: string, caseId: string, ...interestedIds: string[]): Promise<void> => {
      const event = create(ApprovalPartiesChangedSchema, { caseId, companyId, interestedIds })
      return tell(companyId, { aggregateId: derivedId('orders/1'), event })
    },
    withdraw: (companyId: string, caseId: string, subject = 'orders/1'): Promise<void> => {
      const event = create(ApprovalWithdrawnSchema, { caseId, subject, companyId })
      return tell(companyId, { aggregateId: derivedId(subject), event })
    },
  }
}
