import {
  type ApprovalDecided,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { todayIn } from '@saleswright/directory'
import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { setCredit } from '../customer/customer.ts'
import type { Desk } from '../desk.ts'
import { decide, SUBJECT, type Verdict } from './credit-evaluation.ts'

// Who withdraws a request may change and send it again, as with one that came back.
const VERDICTS: ReadonlyMap<number, Verdict['status']> = new Map([
  [ApprovalDecision_Verdict.APPROVED, 'approved'],
  [ApprovalDecision_Verdict.REJECTED, 'rejected'],
  [ApprovalDecision_Verdict.RETURNED, 'returned'],
  [ApprovalDecision_Verdict.WITHDRAWN, 'returned'],
])

/** Takes over what was decided about a credit limit; an approved one holds for the customer in its days (R240). */
export const applyDecision = async (
  { evaluations, customers, directory }: Desk,
  tx: Tx,
  { subject, companyId, contentHash, decision, deciderId, comment }: ApprovalDecided,
): Promise<void> => {
  const status = VERDICTS.get(decision)
  if (!subject.startsWith(SUBJECT) || !status) return
  const scope = companyScope(companyId)
  const evaluation = await tx.get(evaluations, scope, subject.slice(SUBJECT.length))
  const decided = decide(evaluation, { status, contentHash, decidedBy: deciderId, comment })
  const { customerId, requestedLimit, validFrom, validUntil } = tx.save(evaluations, decided)
  if (decided.events.length === 0 || status !== 'approved') return
  const customer = await tx.get(customers, scope, customerId)
  const today = await todayIn(directory, companyId, tx.at)
  tx.save(customers, setCredit(customer, { amount: requestedLimit, from: validFrom, until: validUntil }, today))
}
