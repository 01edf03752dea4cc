import { ApprovalDecision_Verdict } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aSalesCompany } from './sales-company.ts'

test('R162: a case goes to the superior with the authority, who approves it, and the service that asked is told', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, manager, seller } = await aSalesCompany()
  await rule(titles.manager, '1000.00')
  const approvalId = await need(seller, '900.00', { contentHash: 'abc' })

  const me = await as('manager')
  expect(await approvals.listApprovals({ waitingForMe: true }, me)).toMatchObject({
    approvals: [{ approvalId, status: Approval_Status.PENDING, approverIds: [manager], requesterId: seller }],
  })
  const approved = await approvals.approve({ approvalId, comment: '同意' }, { ...me, idempotencyKey: newId() })
  expect(approved.status).toBe(Approval_Status.APPROVED)
  expect((await approvals.listApprovals({ waitingForMe: true }, me)).approvals).toEqual([])

  await hosted.drained()
  expect(asker.decisions).toMatchObject([
    { caseId: approvalId, contentHash: 'abc', decision: ApprovalDecision_Verdict.APPROVED, deciderId: manager },
  ])
})

test('the maker, and somebody without a seat, decide nothing', async () => {
  const { approvals, rule, need, as, titles, seller, manager, person, team } = await aSalesCompany()
  await rule(titles.manager, '1000.00')
  await rule(titles.director)
  await person('同事', { orgUnitId: team, positionId: titles.seller, managerId: manager }, 'colleague')
  const approvalId = await need(seller, '900.00')
  await expect(approvals.approve({ approvalId }, await as('seller'))).rejects.toMatchObject({
    code: 'approver_is_maker',
  })
  for (const deed of [approvals.approve, approvals.reject, approvals.return]) {
    await expect(deed({ approvalId }, await as('colleague'))).rejects.toMatchObject({ code: 'approval_not_found' })
  }
  const all = await as('root')
  await expect(approvals.approve({ approvalId }, all)).rejects.toMatchObject({ code: 'approval_not_yours' })
  await expect(approvals.withdraw({ approvalId }, all)).rejects.toMatchObject({ code: 'approval_not_yours' })
})

test('R18: a delegate decides in the days of the delegation, and both are named', async () => {
  const { hosted, asker, approvals, authority, rule, need, as, titles, seller, manager, person, team, time } =
    await aSalesCompany()
  await rule(titles.manager)
  const deputy = await person('助理', { orgUnitId: team, positionId: titles.seller }, 'deputy')
  const lend = { toPersonId: deputy, classes: ['price_under_rep_floor'], from: '2026-03-03', until: '2026-03-05' }
  await authority.createDelegation(lend, { ...(await as('manager')), idempotencyKey: newId() })
  const approvalId = await need(seller, '900.00')

  const waits = async () => (await approvals.listApprovals({ waitingForMe: true }, await as('deputy'))).approvals.length
  expect(await waits()).toBe(0)
  await expect(approvals.approve({ approvalId }, await as('deputy'))).rejects.toMatchObject({
    code: 'approval_not_found',
  })
  time.pass(86_400)
  expect(await waits()).toBe(1)
  const { steps } = await approvals.approve({ approvalId, comment: '代' }, await as('deputy'))
  expect(steps).toMatchObject([{ personId: deputy, onBehalfOf: manager, action: 'approved', comment: '代' }])
  await hosted.drained()
  expect(asker.decisions).toMatchObject([{ deciderId: deputy, onBehalfOf: manager }])
})

test('nobody lends to oneself, nor what is another’s without keeping the rules', async () => {
  const { authority, as, manager, seller, director, create } = await aSalesCompany()
  const days = { from: '2026-03-03', until: '2026-03-05' }
  const mine = { ...(await as('manager')), idempotencyKey: newId() }
  await expect(authority.createDelegation({ toPersonId: manager, ...days }, mine)).rejects.toMatchObject({
    code: 'delegation_to_self',
  })
  const others = { fromPersonId: director, toPersonId: seller, ...days }
  await expect(authority.createDelegation(others, mine)).rejects.toMatchObject({ code: 'permission_missing' })
  const lent = await authority.createDelegation(others, create())
  const ended = await authority.endDelegation({ delegationId: lent.delegationId, until: '2026-03-03' }, create())
  expect(ended.until).toBe('2026-03-03')
})

test('a further signer must approve too, and is told of it by the list', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, manager, director } = await aSalesCompany()
  await rule(titles.manager)
  const approvalId = await need(seller, '900.00')
  const [boss, chief] = [await as('manager'), await as('director')]
  await approvals.addSigner({ approvalId, personId: director, comment: '请会签' }, boss)
  const half = await approvals.approve({ approvalId }, boss)
  expect(half.status).toBe(Approval_Status.PENDING)
  expect((await approvals.listApprovals({ waitingForMe: true }, boss)).approvals).toEqual([])
  expect((await approvals.listApprovals({ waitingForMe: true }, chief)).approvals).toHaveLength(1)
  const whole = await approvals.approve({ approvalId }, chief)
  expect(whole.status).toBe(Approval_Status.APPROVED)
  await hosted.drained()
  expect(asker.decisions).toMatchObject([{ deciderId: manager }])
})

test('given back, it is asked for again; withdrawn by its requester or by its service, it is closed', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, companyId } = await aSalesCompany()
  await rule(titles.manager)
  const approvalId = await need(seller, '900.00')
  const [boss, maker] = [await as('manager'), await as('seller')]
  expect((await approvals.return({ approvalId, comment: '请说明' }, boss)).status).toBe(Approval_Status.RETURNED)
  await need(seller, '900.00', { neededAt: { seconds: 1_772_500_000n, nanos: 0 } })
  expect((await approvals.getApproval({ approvalId }, maker)).status).toBe(Approval_Status.PENDING)
  expect((await approvals.withdraw({ approvalId }, maker)).status).toBe(Approval_Status.WITHDRAWN)
  await hosted.drained()
  expect(asker.decisions.map(({ decision }) => decision)).toEqual([
    ApprovalDecision_Verdict.RETURNED,
    ApprovalDecision_Verdict.WITHDRAWN,
  ])

  const second = await need(seller, '800.00', { contentHash: 'other' })
  await asker.withdraw(companyId, second)
  await hosted.drained()
  expect((await approvals.getApproval({ approvalId: second }, maker)).status).toBe(Approval_Status.WITHDRAWN)
  await expect(approvals.approve({ approvalId: second }, boss)).rejects.toMatchObject({
    code: 'approval_is_withdrawn',
  })
})

test('one need that is told several times opens one case, and a decision is told once more when it is asked for later', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, token } = await aSalesCompany()
  await rule(titles.manager)
  const approvalId = await need(seller, '900.00')
  expect(await need(seller, '900.00')).toBe(approvalId)
  expect((await approvals.listApprovals({}, { token })).approvals).toHaveLength(1)
  await approvals.reject({ approvalId, comment: '太低' }, await as('manager'))
  await need(seller, '900.00')
  await hosted.drained()
  expect(asker.decisions).toHaveLength(1)
  await need(seller, '900.00', { neededAt: { seconds: 1_772_500_000n, nanos: 0 } })
  await hosted.drained()
  expect(asker.decisions.map(({ decision, comment }) => [decision, comment])).toEqual([
    [ApprovalDecision_Verdict.REJECTED, '太低'],
    [ApprovalDecision_Verdict.REJECTED, '太低'],
  ])
})

test('decision 14: a migration records the decision of an approver, never that of the one it is recorded for', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, manager, sessions, token } = await aSalesCompany()
  await rule(titles.manager)
  const clerk = (await sessions.getMe({}, { token })).personId
  const approvalId = await need(clerk, '900.00', { recordedFor: seller })
  expect((await approvals.getApproval({ approvalId }, { token })).approverIds).toEqual([manager])

  const migration = { token }
  await expect(approvals.approve({ approvalId, recordedFor: seller }, migration)).rejects.toMatchObject({
    code: 'approver_is_maker',
  })
  await expect(approvals.approve({ approvalId, recordedFor: newId() }, migration)).rejects.toMatchObject({
    code: 'approval_not_yours',
  })
  const manual = { approvalId, recordedFor: manager }
  await expect(approvals.approve(manual, await as('manager'))).rejects.toMatchObject({ code: 'migration_needed' })
  await approvals.approve(manual, migration)
  await hosted.drained()
  expect(asker.decisions).toMatchObject([{ deciderId: manager, onBehalfOf: '' }])
})
