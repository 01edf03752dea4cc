import { dateOf, readSum } from '@saleswright/contracts'
import type {
  ApprovalNeeded,
  ApprovalPartiesChanged,
  ApprovalWithdrawn,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { close, type Need, open, reopen, tellAgain } from './approval.ts'
import { approversFor, seatsFor } from './approvers.ts'
import { involve, withInterested } from './involve.ts'

const needOf = async (books: Books, event: ApprovalNeeded, at: Date): Promise<Need> => {
  const neededAt = dateOf(event.neededAt) ?? at
  return {
    class: event.class,
    subject: event.subject,
    requesterId: event.requesterId,
    ...(event.recordedFor && { recordedFor: event.recordedFor }),
    ...(event.interestedIds.length > 0 && { interestedIds: event.interestedIds }),
    ...(event.amount && { amount: readSum(event.amount) }),
    contentHash: event.contentHash,
    snapshot: event.snapshot,
    neededAt,
    businessDate: event.businessDate || (await todayIn(books, event.companyId, neededAt)),
  }
}

/**
 * A service needs a decision. The same need opens one case, however often it is told. Asked again later about the same content: what
 * was returned or withdrawn is opened again, what was decided stays decided.
 */
export const openCase = async (tx: Tx, books: Books, event: ApprovalNeeded): Promise<void> => {
  const { caseId: id, companyId, unitId } = event
  const scope = companyScope(companyId)
  const need = await needOf(books, event, tx.at)
  const known = await tx.find(books.approvals, scope, id)
  if (known && (need.neededAt <= known.neededAt || known.status === 'pending' || known.status === 'unroutable')) return
  if (known?.status === 'approved' || known?.status === 'rejected') {
    tx.save(books.approvals, tellAgain(known, need.neededAt))
    return
  }
  const approverIds = await approversFor(tx, books, { ...need, companyId, unitId })
  const unit = await tx.find(books.orgUnits, scope, unitId)
  const rows = { id, companyId, ownerId: event.requesterId, ...(unit && { unitId, orgPath: unit.orgPath }) }
  if (known) {
    // The unit may have moved, or another one asks, since it was given back.
    tx.save(books.approvals, reopen({ ...known, ...rows }, need, approverIds))
    return
  }
  tx.save(books.approvals, open(rows, need, approverIds))
}

/** The service needs it no more. A case that nobody opened, or that is decided, stays as it is. */
export const closeCase = async (tx: Tx, books: Books, { caseId, companyId }: ApprovalWithdrawn): Promise<void> => {
  const known = await tx.find(books.approvals, companyScope(companyId), caseId)
  if (known) tx.save(books.approvals, close(known, tx.at))
}

/** The subject has another owner: they decide it no more than who had it before. */
export const involveInCase = async (tx: Tx, books: Books, event: ApprovalPartiesChanged): Promise<void> => {
  const known = await tx.find(books.approvals, companyScope(event.companyId), event.caseId)
  if (!known) return
  const without = withInterested(known, event.interestedIds)
  tx.save(books.approvals, involve(known, without, await seatsFor(tx, books, without)))
}
