import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  type Approval,
  close,
  giveBack,
  open,
  reassign,
  reject,
  reopen,
  TRANSITIONS,
  tellAgain,
  withdraw,
} from './approval.ts'
import { approve } from './approve.ts'
import { involve, withInterested } from './involve.ts'
import { addSigner, releaseSigner } from './signers.ts'

const AT = new Date('2026-03-02T02:00:00Z')
const NEED = {
  class: 'price_under_rep_floor',
  subject: 'orders/1',
  requesterId: 'seller',
  contentHash: 'abc',
  snapshot: '{}',
  neededAt: AT,
  businessDate: '2026-03-02',
}
const anApproval = (changes: Partial<Approval> = {}): Approval => ({
  ...open({ id: 'case', companyId: 'c1' }, NEED, ['manager']).next,
  ...changes,
})
const by = (id: string, ...actsFor: string[]): Act => ({ by: { id, actsFor }, comment: '', at: AT })

describeTransitions(
  'approval',
  TRANSITIONS,
  {
    approved: (record) => approve(record, by('manager')),
    rejected: (record) => reject(record, by('manager')),
    returned: (record) => giveBack(record, by('manager')),
    withdrawn: (record) => withdraw(record, by('seller')),
    unroutable: (record) => reopen(record, NEED, []),
  },
  { first: 'pending', build: anApproval },
)

describe('deciding', () => {
  test('the event carries the content that was decided about', () => {
    const { events } = approve(anApproval(), by('manager'))
    expect(events).toMatchObject([
      {
        $typeName: ApprovalDecidedSchema.typeName,
        caseId: 'case',
        contentHash: 'abc',
        decision: ApprovalDecision_Verdict.APPROVED,
        deciderId: 'manager',
      },
    ])
  })

  test.each([
    ['the requester', 'seller'],
    ['the one for whom it was recorded', 'agent'],
    ['the owner or earner', 'owner'],
  ])('%s never decides, not even in the stead of an approver, nor lends the seat or adds a signer', (_, maker) => {
    const approval = anApproval({ recordedFor: 'agent', interestedIds: ['owner'], approverIds: ['manager', maker] })
    const adding = (record: Approval, act: Act) => addSigner(record, 'finance', act)
    for (const deed of [approve, reject, giveBack, adding]) {
      expect(() => deed(approval, by(maker, 'manager'))).toThrow(expect.objectContaining({ code: 'approver_is_maker' }))
      expect(() => deed(approval, by('deputy', maker))).toThrow(expect.objectContaining({ code: 'approval_not_yours' }))
    }
    expect(() => addSigner(approval, maker, by('manager'))).toThrow(
      expect.objectContaining({ code: 'approver_is_maker' }),
    )
  })

  test('somebody without a seat does not decide', () => {
    expect(() => approve(anApproval(), by('stranger', 'another'))).toThrow(
      expect.objectContaining({ code: 'approval_not_yours' }),
    )
  })

  test('R18: a delegate decides, and both are named', () => {
    const { next, events } = approve(anApproval(), by('deputy', 'manager'))
    expect(next.steps).toMatchObject([{ personId: 'deputy', onBehalfOf: 'manager', action: 'approved' }])
    expect(events).toMatchObject([{ deciderId: 'deputy', onBehalfOf: 'manager' }])
  })

  test('the same decision again is no event; another one is refused', () => {
    const { next } = approve(anApproval(), by('manager'))
    expect(approve(next, by('manager')).events).toEqual([])
    expect(() => reject(next, by('manager'))).toThrow(expect.objectContaining({ code: 'approval_is_approved' }))
  })

  test('only the requester withdraws', () => {
    expect(() => withdraw(anApproval(), by('manager'))).toThrow(expect.objectContaining({ code: 'approval_not_yours' }))
  })
})

describe('a further signer', () => {
  const { next: waiting } = addSigner(anApproval(), 'finance', by('manager'))

  test.each([
    ['the approver first', 'manager', 'finance'],
    ['the signer first', 'finance', 'manager'],
  ])('both must approve: %s', (_, first, second) => {
    const half = approve(waiting, by(first))
    expect(half.next.status).toBe('pending')
    const whole = approve({ ...half.next, version: 2 }, by(second))
    expect(whole.next.status).toBe('approved')
    expect(whole.events).toMatchObject([{ deciderId: 'manager' }])
  })

  test('any of them may reject', () => {
    expect(reject(waiting, by('finance')).next.status).toBe('rejected')
  })

  test.each([
    ['an approver who signs beside another', { approverIds: ['finance', 'manager'] }, by('finance')],
    ['a signer who is the approver’s delegate', {}, by('finance', 'manager')],
    ['a delegate of both', {}, by('deputy', 'finance', 'manager')],
    ['an approver who is the signer’s delegate', {}, by('manager', 'finance')],
  ])('one voice is one: %s approves alone, also twice, and it waits for somebody else', (_, changes, act) => {
    const half = approve({ ...waiting, ...changes }, act)
    expect(half.next).toMatchObject({ status: 'pending', steps: [{}, { personId: act.by.id }] })
    expect(approve(half.next, act).events).toEqual([])
  })

  test.each([
    ['the approver who asks', { approverIds: ['director', 'manager'] }, 'manager', by('manager')],
    ['the delegate who asks', {}, 'deputy', by('deputy', 'manager')],
    [
      'the one in whose stead it is asked',
      { approverIds: ['director', 'manager'] },
      'manager',
      by('deputy', 'manager'),
    ],
    ['the only approver', {}, 'manager', by('deputy', 'manager')],
  ])('is a second person: %s is refused', (_, changes, signer, act) => {
    expect(() => addSigner(anApproval(changes), signer, act)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'signer_is_approver' }),
    )
  })

  test('who signs does not decide as well, though no other approver is left', () => {
    const { next } = approve({ ...waiting, approverIds: ['finance'] }, by('finance'))
    expect(next).toMatchObject({ status: 'pending', approvedBy: undefined, signers: [{ approved: true }] })
    expect(approve(next, by('finance')).events).toEqual([])
  })

  test('said again after it was approved, by any of them, is no event', () => {
    const { next } = approve(approve(waiting, by('manager')).next, by('finance'))
    for (const id of ['manager', 'finance']) expect(approve(next, by(id)).events).toEqual([])
  })

  test('who has gone signs no more, and who approved before is asked anew', () => {
    const half = approve(waiting, by('manager')).next
    const { next, events } = releaseSigner(half, 'finance', AT)
    expect(next).toMatchObject({ status: 'pending', signers: [], approvedBy: undefined })
    expect(events).toMatchObject([{ approverIds: ['manager'] }])
    expect(approve(next, by('manager')).next.status).toBe('approved')
    const signed = approve(waiting, by('finance')).next
    expect(releaseSigner(signed, 'finance', AT).events).toEqual([])
  })

  test('is not asked for by the signer, and cannot be the maker', () => {
    expect(() => addSigner(waiting, 'x', by('finance'))).toThrow(
      expect.objectContaining({ code: 'approval_not_yours' }),
    )
    expect(() => addSigner(waiting, 'seller', by('manager'))).toThrow(
      expect.objectContaining({ code: 'approver_is_maker' }),
    )
  })

  test('asked for twice is one signer', () => {
    expect(addSigner(waiting, 'finance', by('manager')).events).toEqual([])
  })
})

describe('a case whose subject has another owner', () => {
  const { next: waiting } = addSigner(anApproval({ approverIds: ['director', 'manager'] }), 'finance', by('manager'))

  const involving = (approval: Approval, id: string, approverIds: readonly string[]) => {
    const without = withInterested(approval, [id])
    return involve(approval, without, { ...without, approverIds })
  }

  test('what the new owner approved or signed, and whom they asked to sign, does not count, and others decide', () => {
    const approved = approve(waiting, by('manager')).next
    expect(involving(approved, 'manager', ['director']).next).toMatchObject({
      approvedBy: undefined,
      approverIds: ['director'],
      interestedIds: ['manager'],
      signers: [],
    })
    const signed = approve(waiting, by('finance')).next
    expect(involving(signed, 'finance', ['director']).next.signers).toEqual([])
    expect(involving(anApproval(), 'manager', []).next.status).toBe('unroutable')
  })

  test('who had an interest already, and a case that is decided, change nothing', () => {
    expect(involving(waiting, 'seller', ['director', 'manager']).events).toEqual([])
    const { next } = approve(anApproval(), by('manager'))
    expect(involving(next, 'manager', []).events).toEqual([])
  })
})

describe('what happens around a case', () => {
  test('without an approver it is unroutable, and pending as soon as there is one', () => {
    const { next } = open({ id: 'case', companyId: 'c1' }, NEED, [])
    expect(next.status).toBe('unroutable')
    expect(reassign(next, { approverIds: ['manager'], signers: [] }).next.status).toBe('pending')
    expect(reassign(next, { approverIds: [], signers: [] }).events).toEqual([])
  })

  test('closed by the service that asked: nobody is told a decision, and what is decided stays so', () => {
    const closed = close(anApproval(), AT)
    expect(closed.next.status).toBe('withdrawn')
    expect(closed.events).not.toMatchObject([{ $typeName: ApprovalDecidedSchema.typeName }])
    expect(close(anApproval({ status: 'approved' }), AT).events).toEqual([])
  })

  test('asked again about what was decided: the same decision is told again', () => {
    const { next, events } = approve(anApproval(), by('manager'))
    expect(tellAgain(next, new Date('2026-03-05T00:00:00Z')).events).toEqual(events)
  })

  test('asked again after it was given back, it begins anew and keeps what was said', () => {
    const { next } = giveBack(anApproval(), { ...by('manager'), comment: '请说明' })
    const again = reopen(next, NEED, ['director']).next
    expect(again).toMatchObject({ status: 'pending', approverIds: ['director'], steps: [{ comment: '请说明' }] })
  })
})
