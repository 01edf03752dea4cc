import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { moneyMessage } from '@saleswright/contracts'
import { ApprovalNeededSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  ReceivableWriteOffDeclinedSchema,
  ReceivableWriteOffRequestedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { type BusinessDate, conflict, type Decision, derivedId, formatMoney } from '@saleswright/kernel'
import { openAmount, type Receivable } from './receivable.ts'

const CLASS = 'write_off'

const subjectOf = ({ id }: Receivable): string => `receivables/${id}`

/** What a decision is about: this bill with so much open. What was asked in another version of it is another case. */
export const contentOf = (receivable: Receivable): string =>
  derivedId(subjectOf(receivable), formatMoney(openAmount(receivable)))

type Request = {
  readonly requesterId: string
  readonly reason: string
  readonly on: BusinessDate
  readonly at: Date
}

/** Asks a second person to give up what is open. */
export const requestWriteOff = (
  receivable: Receivable,
  { requesterId, reason, on, at }: Request,
): Decision<Receivable> => {
  const { id: receivableId, orderId, orderNo, customerId, companyId, unitId, status } = receivable
  if (status !== 'open') throw conflict(`receivable_is_${status}`, { what: 'receivable', to: 'written_off' })
  const contentHash = contentOf(receivable)
  const caseId = derivedId(subjectOf(receivable), contentHash, String(receivable.version))
  const amount = moneyMessage(openAmount(receivable))
  const requested = create(ReceivableWriteOffRequestedSchema, {
    receivableId,
    orderId,
    amount,
    requestedOn: on,
    reason,
    requesterId,
    caseId,
  })
  const needed = create(ApprovalNeededSchema, {
    caseId,
    class: CLASS,
    subject: subjectOf(receivable),
    companyId,
    unitId,
    requesterId,
    recordedFor: requesterId,
    interestedIds: [receivable.ownerId],
    amount,
    contentHash,
    snapshot: JSON.stringify({
      receivableId,
      orderId,
      orderNo,
      customerId,
      open: formatMoney(openAmount(receivable)),
      reason,
    }),
    neededAt: timestampFromDate(at),
    businessDate: on,
  })
  const writeOff = { caseId, contentHash, requesterId, reason }
  return { next: { ...receivable, writeOff }, events: [requested, needed] }
}

/** Refused, or decided about what is not so any more. */
export const declineWriteOff = (receivable: Receivable, on: BusinessDate): Decision<Receivable> => {
  const { writeOff, ...next } = receivable
  const { id: receivableId, orderId } = receivable
  const caseId = writeOff?.caseId ?? ''
  return { next, events: [create(ReceivableWriteOffDeclinedSchema, { receivableId, orderId, declinedOn: on, caseId })] }
}
