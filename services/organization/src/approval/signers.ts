import { conflict, type Decision, refuseInterested } from '@saleswright/kernel'
import { type Act, type Approval, move, opened, partiesOf, signed, signerIds, stepped, voiceOf } from './approval.ts'

/**
 * Another person must approve too, at the request of an approver. `signer_is_approver` for the one who asks, the one in whose stead they
 * ask, and the only approver: the signature would not be a second person's.
 */
export const addSigner = (approval: Approval, personId: string, act: Act): Decision<Approval> => {
  const voice = voiceOf(approval, act.by, approval.approverIds)
  refuseInterested([personId], partiesOf(approval))
  const alone = approval.approverIds.every((id) => id === personId)
  if (alone || personId === voice.personId || personId === voice.onBehalfOf) throw conflict('signer_is_approver')
  if (approval.status !== 'pending') move(approval, 'approved')
  if (signerIds(approval).includes(personId)) return { next: approval, events: [] }
  const signer = { personId, addedBy: act.by.id, approved: false }
  const next = stepped({ ...approval, signers: [...approval.signers, signer] }, voice, 'signer_added', act)
  return signed(next, 'signer_added', voice)
}

/** A signer has gone before signing: the seat is gone too, and who approved already decides anew, knowing that. */
export const releaseSigner = (approval: Approval, personId: string, at: Date): Decision<Approval> => {
  const isGone = (signer: Approval['signers'][number]) => signer.personId === personId && !signer.approved
  if (approval.status !== 'pending' || !approval.signers.some(isGone)) return { next: approval, events: [] }
  const act = { by: { id: personId, actsFor: [] }, comment: '', at }
  const left = stepped(approval, { personId }, 'signer_left', act)
  return opened({ ...left, approvedBy: undefined, signers: approval.signers.filter((signer) => !isGone(signer)) })
}
