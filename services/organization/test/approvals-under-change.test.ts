import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aSalesCompany } from './sales-company.ts'

test('of two who decide at once one decides, and one decision is told', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, manager, person, team } = await aSalesCompany()
  await rule(titles.manager)
  const colleague = await person(
    '副经理',
    { orgUnitId: team, positionId: titles.manager, managerId: manager },
    'second',
  )
  const reporter = await person('新人', { orgUnitId: team, positionId: titles.seller }, 'newcomer')
  const approvalId = await need(reporter, '900.00')
  const [one, other] = [await as('manager'), await as('second')]
  expect((await approvals.getApproval({ approvalId }, one)).approverIds.toSorted()).toEqual(
    [colleague, manager].toSorted(),
  )
  const outcomes = await Promise.allSettled([
    approvals.approve({ approvalId }, one),
    approvals.reject({ approvalId }, other),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await hosted.drained()
  expect(asker.decisions).toHaveLength(1)
})

test('a signer who leaves is waited for no longer: who decides is asked anew; who has left becomes none', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, seller, manager, director, people, create } =
    await aSalesCompany()
  await rule(titles.manager)
  const approvalId = await need(seller, '900.00')
  const boss = await as('manager')
  await approvals.addSigner({ approvalId, personId: director }, boss)
  await approvals.approve({ approvalId }, boss)
  await people.leavePerson({ personId: director, on: '2026-03-02' }, create())
  expect(await approvals.listApprovals({ waitingForMe: true }, boss)).toMatchObject({
    approvals: [{ approvalId, signers: [], approverIds: [manager] }],
  })
  await expect(approvals.addSigner({ approvalId, personId: director }, boss)).rejects.toMatchObject({
    code: 'person_is_left',
  })
  expect((await approvals.approve({ approvalId }, boss)).status).toBe(Approval_Status.APPROVED)
  await hosted.drained()
  expect(asker.decisions).toMatchObject([{ deciderId: manager }])
})

test('nobody lends to somebody who has left, nor what somebody had who has left', async () => {
  const { authority, manager, director, people, create } = await aSalesCompany()
  await people.leavePerson({ personId: director, on: '2026-03-02' }, create())
  const days = { from: '2026-03-03', until: '2026-03-05' }
  for (const [fromPersonId, toPersonId] of [
    [director, manager],
    [manager, director],
  ] as const) {
    await expect(authority.createDelegation({ fromPersonId, toPersonId, ...days }, create())).rejects.toMatchObject({
      code: 'person_is_left',
    })
  }
})

test('R18: what is lent goes no further than to the one it is lent to, not even in a ring', async () => {
  const { approvals, authority, rule, need, as, titles, seller, manager, director, create, person, team } =
    await aSalesCompany()
  await rule(titles.manager)
  const third = await person('第三人', { orgUnitId: team, positionId: titles.seller }, 'third')
  const days = { from: '2026-03-01', until: '2026-03-05' }
  for (const [fromPersonId, toPersonId] of [
    [manager, director],
    [director, third],
    [third, manager],
  ] as const) {
    await authority.createDelegation({ fromPersonId, toPersonId, ...days }, create())
  }
  const approvalId = await need(seller, '900.00')
  await expect(approvals.approve({ approvalId }, await as('third'))).rejects.toMatchObject({
    code: 'approval_not_found',
  })
  expect(await approvals.approve({ approvalId }, await as('director'))).toMatchObject({
    status: Approval_Status.APPROVED,
    steps: [{ personId: director, onBehalfOf: manager }],
  })
})

test('R19: who loses the authority for the day of a case decides it no more; it goes to who has it', async () => {
  const { approvals, authority, rule, need, as, titles, seller, director, create, token } = await aSalesCompany()
  const { authorityRuleId } = await rule(titles.manager)
  await rule(titles.director)
  const approvalId = await need(seller, '900.00')
  const boss = await as('manager')
  await authority.endAuthorityRule({ authorityRuleId, until: '2026-03-03' }, create())
  expect((await approvals.listApprovals({ waitingForMe: true }, boss)).approvals).toHaveLength(1)
  await authority.endAuthorityRule({ authorityRuleId, until: '2026-03-02' }, create())
  expect((await approvals.getApproval({ approvalId }, { token })).approverIds).toEqual([director])
  await expect(approvals.approve({ approvalId }, boss)).rejects.toMatchObject({ kind: 'not_found' })
})

test('a unit that moves takes its open cases and delegations along, and leaves what is decided', async () => {
  const { approvals, authority, rule, need, as, titles, seller, manager, director, team, ...company } =
    await aSalesCompany()
  const { unit, units, role, position, person, create } = company
  await rule(titles.manager)
  const west = await unit('西部')
  const reading = await role('查看', 'organization.approvals.read@subtree', 'organization.read@subtree')
  const head = await position('西部主管', [reading])
  await person('西部主管', { orgUnitId: west, positionId: head }, 'head')
  const [open, done] = [await need(seller, '900.00'), await need(seller, '800.00', { contentHash: 'done' })]
  await approvals.approve({ approvalId: done }, { ...(await as('manager')), idempotencyKey: newId() })
  const days = { from: '2026-03-01', until: '2026-03-05' }
  const lent = await authority.createDelegation({ fromPersonId: manager, toPersonId: director, ...days }, create())
  const eyes = await as('head')
  expect((await approvals.listApprovals({}, eyes)).approvals).toEqual([])

  await units.updateOrgUnit({ orgUnitId: team, parentId: west }, create())
  expect((await approvals.listApprovals({}, eyes)).approvals.map(({ approvalId }) => approvalId)).toEqual([open])
  expect(await authority.getDelegation({ delegationId: lent.delegationId }, eyes)).toMatchObject({
    fromPersonId: manager,
  })
})

test('R19: from the rep over leader, supervisor and manager to the general manager, each decides up to an own limit', async () => {
  const { approvals, rule, need, token, unit, position, person, rootUnitId } = await aSalesCompany()
  const department = await unit('销售二部')
  const line = [
    ['总经理', undefined],
    ['销售经理', '50000.00'],
    ['销售主管', '10000.00'],
    ['业务组长', '1000.00'],
    ['业务员', '0.00'],
  ] as const
  const people: string[] = []
  for (const [title, limit] of line) {
    const positionId = await position(title)
    await rule(positionId, limit)
    const orgUnitId = title === '总经理' ? rootUnitId : department
    const managerId = people.at(-1)
    people.push(await person(title, { orgUnitId, positionId, ...(managerId && { managerId }) }))
  }
  const [top, manager, supervisor, leader, rep] = people as [string, string, string, string, string]
  const deciderOf = async (requester: string, amount: string) => {
    const approvalId = await need(requester, amount, { contentHash: `${requester} ${amount}` })
    return (await approvals.getApproval({ approvalId }, { token })).approverIds
  }
  expect(await deciderOf(rep, '1000.00')).toEqual([leader])
  expect(await deciderOf(rep, '1000.01')).toEqual([supervisor])
  expect(await deciderOf(leader, '900.00')).toEqual([supervisor])
  expect(await deciderOf(supervisor, '900.00')).toEqual([manager])
  expect(await deciderOf(rep, '50000.00')).toEqual([manager])
  expect(await deciderOf(manager, '50000.00')).toEqual([top])
  expect(await deciderOf(rep, '50000.01')).toEqual([top])
})
