import { create } from '@bufbuild/protobuf'
import { instant } from '@saleswright/contracts'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import {
  ApprovalOpenedSchema,
  ApprovalSignedSchema,
} from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import {
  type Aggregate,
  type Decision,
  forbidden,
  interestedIn,
  type Money,
  mover,
  type Parties,
  refuseInterested,
} from '@saleswright/kernel'

export type Status = 'pending' | 'approved' | 'rejected' | 'returned' | 'withdrawn' | 'unroutable'

/** What was returned or withdrawn may be asked for again; a case without an approver waits until there is one. */
export const TRANSITIONS = {
  pending: ['approved', 'rejected', 'returned', 'withdrawn', 'unroutable'],
  unroutable: ['pending', 'withdrawn'],
  returned: ['pending', 'unroutable'],
  withdrawn: ['pending', 'unroutable'],
  approved: [],
  rejected: [],
} as const satisfies Record<Status, readonly Status[]>
export const move = mover<Status>('approval', TRANSITIONS)

/** Who acts, and whose seat it is when it is not their own. */
export type Voice = { readonly personId: string; readonly onBehalfOf?: string | undefined }
export type Step = Voice & { readonly action: string; readonly comment: string; readonly at: Date }
/** Must approve too (加签). */
type Signer = {
  readonly personId: string
  readonly addedBy: string
  readonly approved: boolean
  /** Whose voice it was: the signer's own, or a delegate's. */
  readonly signedBy?: string | undefined
}

/** What is asked for, as the service that needs it tells it. */
export type Need = {
  readonly class: string
  readonly subject: string
  readonly requesterId: string
  /** For whom a migrated document was recorded. */
  readonly recordedFor?: string | undefined
  /** Everybody else with an interest in the subject: its maker, owner, earners. */
  readonly interestedIds?: readonly string[] | undefined
  readonly amount?: Money | undefined
  readonly contentHash: string
  readonly snapshot: string
  readonly neededAt: Date
  readonly businessDate: string
}

/** A case to decide. It lies in the rows of the one who asked. */
export type Approval = Aggregate &
  Need & {
    readonly status: Status
    /** Each of them may decide. */
    readonly approverIds: readonly string[]
    /** The one of them who has approved, while signers are waited for and afterwards. */
    readonly approvedBy?: Voice | undefined
    readonly signers: readonly Signer[]
    readonly steps: readonly Step[]
  }

/** Who decides a case, and who signs it beside them. */
export type Seats = Pick<Approval, 'approverIds' | 'signers'>

/** Somebody who wants to act: in their own name, and in the stead of those whose delegation holds today. */
export type Person = { readonly id: string; readonly actsFor: readonly string[] }
export type Act = { readonly by: Person; readonly comment: string; readonly at: Date }

export const partiesOf = ({ requesterId, recordedFor, interestedIds }: Need): Parties => ({
  requesterId,
  recordedFor,
  earnerIds: interestedIds,
})

/** Nobody of these decides the case (decisions 59). */
export const interestedInCase = (need: Need): readonly string[] => interestedIn(partiesOf(need))

export const opened = (next: Approval): Decision<Approval> => ({
  next,
  events: [
    create(ApprovalOpenedSchema, {
      approvalId: next.id,
      class: next.class,
      subject: next.subject,
      requesterId: next.requesterId,
      approverIds: [...next.approverIds],
      unroutable: next.status === 'unroutable',
    }),
  ],
})

export const statusFor = (approverIds: readonly string[]): Status => (approverIds.length > 0 ? 'pending' : 'unroutable')

type Rows = Pick<Approval, 'id' | 'companyId' | 'ownerId' | 'unitId' | 'orgPath'>

export const open = (rows: Rows, need: Need, approverIds: readonly string[]): Decision<Approval> =>
  opened({ ...rows, ...need, version: 0, status: statusFor(approverIds), approverIds, signers: [], steps: [] })

/** Asked for again, or somebody is there now who may decide. What was done stays on record. */
export const reopen = (approval: Approval, need: Need, approverIds: readonly string[]): Decision<Approval> => {
  const asked = move({ ...approval, ...need }, statusFor(approverIds))
  return opened({ ...asked, approverIds, approvedBy: undefined, signers: [] })
}

/** Its unit has moved. */
export const followCase = (approval: Approval, orgPath: readonly string[]): Decision<Approval> =>
  opened({ ...approval, orgPath })

/** Others may decide it from now on; without any it becomes unroutable. */
export const reassign = (approval: Approval, { approverIds, signers }: Seats): Decision<Approval> => {
  if (approverIds.join() === approval.approverIds.join()) return { next: approval, events: [] }
  const stays = approval.status === 'pending' && approverIds.length > 0
  return stays ? opened({ ...approval, approverIds, signers }) : reopen(approval, approval, approverIds)
}

const VERDICTS = {
  approved: ApprovalDecision_Verdict.APPROVED,
  rejected: ApprovalDecision_Verdict.REJECTED,
  returned: ApprovalDecision_Verdict.RETURNED,
  withdrawn: ApprovalDecision_Verdict.WITHDRAWN,
} as const
type Verdict = keyof typeof VERDICTS

export const stepped = (approval: Approval, voice: Voice, action: string, { comment, at }: Act): Approval => ({
  ...approval,
  steps: [...approval.steps, { ...voice, action, comment, at }],
})

export const decided = (approval: Approval, verdict: Verdict, voice: Voice, act: Act): Decision<Approval> => ({
  next: move(approval, verdict),
  events: [verdictOn(approval, verdict, voice, act)],
})

const verdictOn = (approval: Approval, verdict: Verdict, voice: Voice, { comment, at }: Omit<Act, 'by'>) =>
  create(ApprovalDecidedSchema, {
    caseId: approval.id,
    subject: approval.subject,
    companyId: approval.companyId,
    contentHash: approval.contentHash,
    decision: VERDICTS[verdict],
    deciderId: voice.personId,
    onBehalfOf: voice.onBehalfOf ?? '',
    comment,
    decidedAt: instant(at),
  })

export const signed = (next: Approval, action: string, voice: Voice): Decision<Approval> => ({
  next,
  events: [
    create(ApprovalSignedSchema, {
      approvalId: next.id,
      signerId: voice.personId,
      action,
      onBehalfOf: voice.onBehalfOf ?? '',
    }),
  ],
})

export const seatAmong = (seats: readonly string[], { id, actsFor }: Person): Voice | undefined => {
  if (seats.includes(id)) return { personId: id }
  const onBehalfOf = actsFor.find((other) => seats.includes(other))
  return onBehalfOf === undefined ? undefined : { personId: id, onBehalfOf }
}

export const signerIds = ({ signers }: Approval): readonly string[] => signers.map(({ personId }) => personId)

/** Maker is not checker: `approver_is_maker`; somebody without a seat: `approval_not_yours`. */
export const voiceOf = (approval: Approval, by: Person, seats: readonly string[]): Voice => {
  refuseInterested([by.id], partiesOf(approval))
  const interested = interestedInCase(approval)
  const voice = seatAmong(
    seats.filter((id) => !interested.includes(id)),
    by,
  )
  if (!voice) throw forbidden('approval_not_yours')
  return voice
}

const refuse =
  (verdict: 'rejected' | 'returned') =>
  (approval: Approval, act: Act): Decision<Approval> => {
    const voice = voiceOf(approval, act.by, [...approval.approverIds, ...signerIds(approval)])
    const last = approval.steps.at(-1)
    if (approval.status === verdict && last?.personId === act.by.id) return { next: approval, events: [] }
    return decided(stepped(approval, voice, verdict, act), verdict, voice, act)
  }

export const reject = refuse('rejected')
/** Back to the requester, to be changed and asked for again. */
export const giveBack = refuse('returned')

/** By the requester: the service that asked is told. */
export const withdraw = (approval: Approval, act: Act): Decision<Approval> => {
  const { requesterId, recordedFor } = approval
  if (act.by.id !== requesterId && act.by.id !== recordedFor) throw forbidden('approval_not_yours')
  const voice = { personId: act.by.id }
  return decided(stepped(approval, voice, 'withdrawn', act), 'withdrawn', voice, act)
}

/** The service that asked says that it is needed no more, and need not be told. What is decided stays so. */
export const close = (approval: Approval, at: Date): Decision<Approval> => {
  if (approval.status !== 'pending' && approval.status !== 'unroutable') return { next: approval, events: [] }
  const voice = { personId: approval.requesterId }
  const act = { by: { id: approval.requesterId, actsFor: [] }, comment: '', at }
  return signed(move(stepped(approval, voice, 'withdrawn', act), 'withdrawn'), 'withdrawn', voice)
}

/** Asked again about the very content that was decided: the decision stands, and is told again. */
export const tellAgain = (approval: Approval, neededAt: Date): Decision<Approval> => {
  const last = approval.steps.at(-1)
  const verdict = approval.status === 'approved' ? 'approved' : 'rejected'
  if (!last) return { next: approval, events: [] }
  const voice = verdict === 'approved' ? (approval.approvedBy ?? last) : last
  return { next: { ...approval, neededAt }, events: [verdictOn(approval, verdict, voice, last)] }
}
