import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { expect, test } from 'vitest'
import { aSalesCompany } from './sales-company.ts'

test('the owner of the subject is not routed to, does not see it waiting, and cannot decide or sign it', async () => {
  const { approvals, rule, need, as, titles, seller, manager, director, person, team } = await aSalesCompany()
  await rule(titles.manager)
  await rule(titles.director)
  const clerk = await person('内勤', { orgUnitId: team, positionId: titles.seller, managerId: manager }, 'clerk')
  const approvalId = await need(clerk, '900.00', { interestedIds: [manager, seller] })
  const boss = await as('manager')
  expect(await approvals.getApproval({ approvalId }, boss)).toMatchObject({
    approverIds: [director],
    interestedIds: [manager, seller].toSorted(),
  })
  expect((await approvals.listApprovals({ waitingForMe: true }, boss)).approvals).toEqual([])
  for (const deed of [approvals.approve, approvals.reject, approvals.return]) {
    await expect(deed({ approvalId }, boss)).rejects.toMatchObject({ kind: 'forbidden', code: 'approver_is_maker' })
  }
  const chief = await as('director')
  await expect(approvals.addSigner({ approvalId, personId: manager }, chief)).rejects.toMatchObject({
    code: 'approver_is_maker',
  })
  await expect(approvals.addSigner({ approvalId, personId: director }, chief)).rejects.toMatchObject({
    code: 'signer_is_approver',
  })
})

test('a case whose subject goes to its approver goes on to the next above, also after they approved', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, manager, director, companyId } =
    await aSalesCompany()
  await rule(titles.manager)
  await rule(titles.director)
  const approvalId = await need(seller, '900.00', { interestedIds: [seller] })
  const boss = await as('manager')
  await approvals.addSigner({ approvalId, personId: director }, boss)
  await approvals.approve({ approvalId }, boss)
  await asker.involve(companyId, approvalId, manager)
  await hosted.drained()
  await expect(approvals.approve({ approvalId }, boss)).rejects.toMatchObject({ code: 'approver_is_maker' })
  expect(await approvals.getApproval({ approvalId }, boss)).toMatchObject({
    status: Approval_Status.PENDING,
    approverIds: [director],
    signers: [],
  })
  await approvals.approve({ approvalId }, await as('director'))
  await hosted.drained()
  expect(asker.decisions).toMatchObject([{ deciderId: director }])
})

test('a signer and a delegate need the right to decide on that day', async () => {
  const { approvals, authority, rule, need, as, titles, seller, person, position, team, create, role, roles } =
    await aSalesCompany()
  await rule(titles.manager)
  const reading = await role('查看', 'organization.approvals.read@team')
  const guest = await position('见习', [reading])
  const trainee = await person('见习', { orgUnitId: team, positionId: guest }, 'trainee')
  const approvalId = await need(seller, '900.00')
  const boss = await as('manager')
  const days = { from: '2026-03-02', until: '2026-03-05' }
  const refusals = [
    () => approvals.addSigner({ approvalId, personId: trainee }, boss),
    () => authority.createDelegation({ toPersonId: trainee, ...days }, { ...create(), ...boss }),
  ]
  for (const deed of refusals) {
    await expect(deed()).rejects.toMatchObject({ kind: 'conflict', code: 'person_cannot_decide' })
  }
  const grants = ['organization.approvals.decide@self']
  await roles.updateRole({ roleId: reading, grants }, create())
  for (const deed of refusals) await expect(deed()).resolves.toBeDefined()
})

test('a signer who alone has the authority once the approver has gone decides, and signs no more', async () => {
  const { approvals, rule, need, as, titles, seller, manager, director, people, create } = await aSalesCompany()
  await rule(titles.manager)
  await rule(titles.director)
  const approvalId = await need(seller, '900.00')
  await approvals.addSigner({ approvalId, personId: director }, await as('manager'))
  await people.leavePerson({ personId: manager, on: '2026-03-02' }, create())
  const chief = await as('director')
  expect(await approvals.getApproval({ approvalId }, chief)).toMatchObject({ approverIds: [director], signers: [] })
  expect((await approvals.approve({ approvalId }, chief)).status).toBe(Approval_Status.APPROVED)
})
