import { instant, moneyMessage } from '@saleswright/contracts'
import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { etagOf } from '@saleswright/kernel'
import type { Approval, Status, Step } from './approval.ts'

export const STATUSES = {
  pending: Approval_Status.PENDING,
  approved: Approval_Status.APPROVED,
  rejected: Approval_Status.REJECTED,
  returned: Approval_Status.RETURNED,
  withdrawn: Approval_Status.WITHDRAWN,
  unroutable: Approval_Status.UNROUTABLE,
} as const satisfies Record<Status, Approval_Status>

const stepView = ({ personId, onBehalfOf = '', action, comment, at }: Step) => ({
  personId,
  onBehalfOf,
  action,
  comment,
  at: instant(at),
})

export const approvalView = (approval: Approval) => ({
  approvalId: approval.id,
  class: approval.class,
  subject: approval.subject,
  status: STATUSES[approval.status],
  requesterId: approval.requesterId,
  recordedFor: approval.recordedFor ?? '',
  ...(approval.amount && { amount: moneyMessage(approval.amount) }),
  snapshot: approval.snapshot,
  contentHash: approval.contentHash,
  approverIds: [...approval.approverIds],
  signers: approval.signers.map(({ personId, addedBy, approved }) => ({ personId, addedBy, approved })),
  steps: approval.steps.map(stepView),
  neededAt: instant(approval.neededAt),
  businessDate: approval.businessDate,
  interestedIds: [...(approval.interestedIds ?? [])],
  etag: etagOf(approval),
})
