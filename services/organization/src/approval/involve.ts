import { type Decision, interestedIn } from '@saleswright/kernel'
import { type Approval, interestedInCase, move, opened, type Seats, statusFor } from './approval.ts'

/** The case with others who have an interest too: what they approved or signed, and whom they asked to sign, does not count. */
export const withInterested = (approval: Approval, ids: readonly string[]): Approval => {
  const interestedIds = interestedIn({ earnerIds: [...(approval.interestedIds ?? []), ...ids] })
  const interested = interestedInCase({ ...approval, interestedIds })
  const spoke = (...voices: readonly (string | undefined)[]) => voices.some((id) => id && interested.includes(id))
  const { approvedBy, signers } = approval
  return {
    ...approval,
    interestedIds,
    approvedBy: spoke(approvedBy?.personId, approvedBy?.onBehalfOf) ? undefined : approvedBy,
    signers: signers.filter(({ personId, addedBy, signedBy }) => !spoke(personId, addedBy, signedBy)),
  }
}

/** Others decide the case from now on. One that is decided stays so. */
export const involve = (approval: Approval, without: Approval, seats: Seats): Decision<Approval> => {
  const isOpen = approval.status === 'pending' || approval.status === 'unroutable'
  const same = interestedInCase(without).length === interestedInCase(approval).length
  if (!isOpen || same) return { next: approval, events: [] }
  const next = { ...without, ...seats }
  const status = statusFor(seats.approverIds)
  return opened(status === approval.status ? next : move(next, status))
}
