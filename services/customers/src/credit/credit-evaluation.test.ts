import type { ApprovalNeeded } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { newId } from '@saleswright/kernel'
import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { anIntake, aPlace, yuan } from '../../test/records.ts'
import { type CreditEvaluation, decide, draft, place, submit, TRANSITIONS, type Verdict } from './credit-evaluation.ts'

const AT = { at: new Date('2026-03-01T02:00:00Z'), today: '2026-03-01' }
const asked = () => ({
  customerId: newId(),
  requestedLimit: yuan(3_000_000n),
  validFrom: '2026-03-01',
  validUntil: '2027-02-28',
  grounds: '三年无逾期',
})
const anEvaluation = (changes: Partial<CreditEvaluation> = {}): CreditEvaluation => ({
  ...draft(anIntake(), asked()).next,
  contentHash: 'h',
  ...changes,
})
const verdict = (status: Verdict['status'], contentHash = 'h'): Verdict => ({
  status,
  contentHash,
  decidedBy: newId(),
  comment: '',
})

const DEBTOR = { name: '金桥', grade: 'key' }

describe('asking for a credit limit', () => {
  test('R240: tells what is needed, from whom on, for how much, on what grounds and for how important a customer', () => {
    const evaluation = anEvaluation()
    const { next, events } = submit(evaluation, DEBTOR, AT)
    expect(next).toMatchObject({ status: 'pending', round: 1 })
    expect(events).toMatchObject([
      { status: 'pending' },
      {
        $typeName: 'saleswright.approval.v1.ApprovalNeeded',
        caseId: next.approvalId,
        class: 'credit_limit',
        subject: `credit-evaluations/${evaluation.id}`,
        requesterId: evaluation.ownerId,
        unitId: evaluation.unitId,
        amount: { currencyCode: 'CNY', amount: '30000.00' },
        contentHash: next.contentHash,
        businessDate: '2026-03-01',
      },
    ])
    const { snapshot } = events.at(-1) as ApprovalNeeded
    expect(JSON.parse(snapshot)).toMatchObject({
      customerName: '金桥',
      customerGrade: 'KEY',
      grounds: evaluation.grounds,
    })
  })

  test('again while it waits asks nothing; after it came back it is another case', () => {
    const first = submit(anEvaluation(), DEBTOR, AT).next
    expect(submit(first, DEBTOR, AT).events).toEqual([])
    const back = decide(first, verdict('returned', first.contentHash)).next
    const second = submit(back, DEBTOR, AT).next
    expect(second.contentHash).not.toBe(first.contentHash)
    expect(second.approvalId).not.toBe(first.approvalId)
  })

  test('for nothing, or for no day at all, is refused', () => {
    expect(() => draft(anIntake(), { ...asked(), requestedLimit: yuan(0n) })).toThrow(
      expect.objectContaining({ code: 'credit_limit_not_positive' }),
    )
    expect(() => draft(anIntake(), { ...asked(), validUntil: '2026-03-01' })).toThrow(
      expect.objectContaining({ code: 'credit_span_reversed' }),
    )
  })

  test('for days that are over is refused, also where they passed while it lay there', () => {
    const past = { ...asked(), validFrom: '2025-01-01', validUntil: '2026-03-01' }
    const refusal = expect.objectContaining({ code: 'credit_span_reversed' })
    expect(() => draft(anIntake(), past)).toThrow(refusal)
    expect(() => submit(anEvaluation(), DEBTOR, { ...AT, today: '2027-02-28' })).toThrow(refusal)
    expect(submit(anEvaluation(), DEBTOR, { ...AT, today: '2027-02-27' }).next.status).toBe('pending')
  })

  test('keeps who asked as the maker when it goes to another owner', () => {
    const evaluation = anEvaluation()
    const to = aPlace()
    const moved = place(evaluation, to).next
    expect(moved).toMatchObject(to)
    expect(submit(moved, DEBTOR, AT).events).toMatchObject([
      {},
      { requesterId: evaluation.ownerId, interestedIds: [to.ownerId], unitId: to.unitId },
    ])
  })

  test('tells the new owner of one that waits, who does not decide it either; a new unit alone tells nothing', () => {
    const waiting = submit(anEvaluation(), DEBTOR, AT).next
    const to = aPlace()
    expect(place(waiting, to).events).toMatchObject([
      {},
      {
        $typeName: 'saleswright.approval.v1.ApprovalPartiesChanged',
        caseId: waiting.approvalId,
        interestedIds: [to.ownerId],
      },
    ])
    expect(place(waiting, { ...to, ownerId: waiting.ownerId }).events).toHaveLength(1)
  })
})

describe('a decision', () => {
  test('is taken over with who decided', () => {
    const decision = { ...verdict('approved'), comment: '同意' }
    const { next } = decide(anEvaluation({ status: 'pending' }), decision)
    expect(next).toMatchObject({ status: 'approved', decidedBy: decision.decidedBy, decisionComment: '同意' })
  })

  test('about other content, or after another decision, changes nothing', () => {
    expect(decide(anEvaluation({ status: 'pending' }), verdict('approved', 'other')).events).toEqual([])
    expect(decide(anEvaluation({ status: 'rejected' }), verdict('approved')).events).toEqual([])
    expect(decide(anEvaluation({ status: 'draft' }), verdict('approved')).events).toEqual([])
  })
})

test.each(['approved', 'rejected'] as const)('what is %s is not submitted again', (status) => {
  expect(() => submit(anEvaluation({ status }), DEBTOR, AT)).toThrow(
    expect.objectContaining({ code: `credit_evaluation_is_${status}` }),
  )
})

// Submitting tells two facts, and a late decision is passed over, so only the table's reach is tested here.
describeTransitions(
  'credit_evaluation',
  TRANSITIONS,
  {},
  { first: 'draft', build: ({ status }) => anEvaluation({ status }) },
)
