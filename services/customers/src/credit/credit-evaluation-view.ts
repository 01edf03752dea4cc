import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  CreditEvaluation_Status,
  type CreditEvaluationSchema,
} from '@saleswright/contracts/saleswright/customers/v1/credit_evaluation_pb.ts'
import { etagOf } from '@saleswright/kernel'
import { type CreditEvaluation, requesterOf, type Status } from './credit-evaluation.ts'

export const STATUS = {
  draft: CreditEvaluation_Status.DRAFT,
  pending: CreditEvaluation_Status.PENDING,
  approved: CreditEvaluation_Status.APPROVED,
  rejected: CreditEvaluation_Status.REJECTED,
  returned: CreditEvaluation_Status.RETURNED,
} as const satisfies Record<Status, CreditEvaluation_Status>

export const creditEvaluationView = (
  evaluation: CreditEvaluation,
): MessageInitShape<typeof CreditEvaluationSchema> => ({
  creditEvaluationId: evaluation.id,
  customerId: evaluation.customerId,
  status: STATUS[evaluation.status],
  requestedLimit: moneyMessage(evaluation.requestedLimit),
  validFrom: evaluation.validFrom,
  validUntil: evaluation.validUntil,
  grounds: evaluation.grounds,
  requesterId: requesterOf(evaluation),
  approvalId: evaluation.approvalId,
  decidedBy: evaluation.decidedBy,
  decisionComment: evaluation.decisionComment,
  etag: etagOf(evaluation),
})
