import { createHash } from 'node:crypto'
import { create } from '@bufbuild/protobuf'
import { instant, moneyMessage } from '@saleswright/contracts'
import {
  ApprovalNeededSchema,
  ApprovalPartiesChangedSchema,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { CreditEvaluationChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  derivedId,
  formatMoney,
  invalidField,
  type Money,
  mover,
  type OwnedPlace,
} from '@saleswright/kernel'
import type { Intake } from '../intake/take-in.ts'

/** Where an evaluation may go: asked for, decided by who has the authority, asked for again when it came back (R240). */
export const TRANSITIONS = {
  draft: ['pending'],
  pending: ['approved', 'rejected', 'returned'],
  returned: ['pending'],
  approved: [],
  rejected: [],
} as const

export type Status = keyof typeof TRANSITIONS
export const OPEN_STATUSES = ['draft', 'pending', 'returned'] as const satisfies readonly Status[]
const move = mover<Status>('credit_evaluation', TRANSITIONS)

/** Its owner looks after it: who asks, until the customer is handed over. */
export type CreditEvaluation = Aggregate &
  OwnedPlace & {
    readonly status: Status
    /** Who asks, and so never decides, whoever owns it by now. Absent in records of before: the owner. */
    readonly requesterId?: string | undefined
    readonly customerId: string
    readonly requestedLimit: Money
    readonly validFrom: BusinessDate
    /** The first day on which it holds no longer, as with every span of days here. */
    readonly validUntil: BusinessDate
    readonly grounds: string
    readonly businessDate: BusinessDate
    /** How often it was asked for: each time is a case of its own. */
    readonly round: number
    readonly contentHash?: string | undefined
    readonly approvalId?: string | undefined
    readonly decidedBy?: string | undefined
    readonly decisionComment?: string | undefined
  }

export type Asked = Pick<CreditEvaluation, 'customerId' | 'requestedLimit' | 'validFrom' | 'validUntil' | 'grounds'>

const changed = (evaluation: CreditEvaluation) =>
  create(CreditEvaluationChangedSchema, {
    creditEvaluationId: evaluation.id,
    customerId: evaluation.customerId,
    status: evaluation.status,
    requestedLimit: moneyMessage(evaluation.requestedLimit),
  })

/** A limit has at least a day before it, from today on. */
const expectDays = ({ validFrom, validUntil }: Asked, today: BusinessDate): void => {
  const first = validFrom > today ? validFrom : today
  if (validUntil <= first) throw invalidField('validUntil', 'credit_span_reversed', { validFrom: first, validUntil })
}

export const requesterOf = ({ requesterId, ownerId }: CreditEvaluation): string => requesterId ?? ownerId

export const draft = (
  { id, version, companyId, ownerId, unitId, orgPath, businessDate }: Intake,
  asked: Asked,
): Decision<CreditEvaluation> => {
  const { requestedLimit } = asked
  if (requestedLimit.minor <= 0n) throw invalidField('requestedLimit.amount', 'credit_limit_not_positive')
  expectDays(asked, businessDate)
  const place = { id, version, companyId, ownerId, unitId, orgPath, businessDate }
  const next: CreditEvaluation = { ...place, ...asked, requesterId: ownerId, status: 'draft', round: 0 }
  return { next, events: [changed(next)] }
}

const subjectOf = ({ id }: Pick<CreditEvaluation, 'id'>): string => `${SUBJECT}${id}`
export const SUBJECT = 'credit-evaluations/'

/** Who asks for credit, and how important they are to the company. */
type Debtor = { readonly name: string; readonly grade: string }

/** What the decider sees, in the words of the REST face: by importance and grounds a limit is approved (R240). */
const snapshotOf = (evaluation: CreditEvaluation, { name, grade }: Debtor): string =>
  JSON.stringify({
    customerId: evaluation.customerId,
    customerName: name,
    customerGrade: grade.toUpperCase(),
    requestedLimit: {
      currencyCode: evaluation.requestedLimit.currency,
      amount: formatMoney(evaluation.requestedLimit),
    },
    validFrom: evaluation.validFrom,
    validUntil: evaluation.validUntil,
    grounds: evaluation.grounds,
    round: evaluation.round,
  })

/** Asks for the limit; one that waits already is not asked for again. */
export const submit = (
  evaluation: CreditEvaluation,
  debtor: Debtor,
  { at, today }: { readonly at: Date; readonly today: BusinessDate },
): Decision<CreditEvaluation> => {
  if (evaluation.status === 'pending') return { next: evaluation, events: [] }
  expectDays(evaluation, today)
  const asked = { ...move(evaluation, 'pending'), round: evaluation.round + 1 }
  const snapshot = snapshotOf(asked, debtor)
  const contentHash = createHash('sha256').update(snapshot).digest('hex')
  const caseId = derivedId(subjectOf(asked), contentHash)
  const needed = create(ApprovalNeededSchema, {
    caseId,
    class: 'credit_limit',
    subject: subjectOf(asked),
    companyId: asked.companyId,
    unitId: asked.unitId,
    requesterId: requesterOf(asked),
    interestedIds: [asked.ownerId],
    amount: moneyMessage(asked.requestedLimit),
    contentHash,
    snapshot,
    neededAt: instant(at),
    businessDate: today,
  })
  const next = { ...asked, contentHash, approvalId: caseId, decidedBy: undefined, decisionComment: undefined }
  return { next, events: [changed(next), needed] }
}

export type Verdict = {
  readonly status: 'approved' | 'rejected' | 'returned'
  readonly contentHash: string
  readonly decidedBy: string
  readonly comment: string
}

/** A decision about other content, or after another decision, changes nothing (decisions 22). */
export const decide = (evaluation: CreditEvaluation, verdict: Verdict): Decision<CreditEvaluation> => {
  const { status, contentHash, decidedBy, comment } = verdict
  if (evaluation.status !== 'pending' || evaluation.contentHash !== contentHash) {
    return { next: evaluation, events: [] }
  }
  const next = { ...move(evaluation, status), decidedBy, decisionComment: comment || undefined }
  return { next, events: [changed(next)] }
}

/** To another owner, or to another place of the same one. Who asked stays who asked. */
export const place = (evaluation: CreditEvaluation, at: OwnedPlace): Decision<CreditEvaluation> => {
  const next = { ...evaluation, requesterId: requesterOf(evaluation), ...at }
  const { approvalId: caseId, companyId } = next
  if (next.status !== 'pending' || caseId === undefined || at.ownerId === evaluation.ownerId) {
    return { next, events: [changed(next)] }
  }
  const parties = create(ApprovalPartiesChangedSchema, { caseId, companyId, interestedIds: [at.ownerId] })
  return { next, events: [changed(next), parties] }
}
