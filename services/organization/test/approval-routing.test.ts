import { Approval_Status } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aSalesCompany } from './sales-company.ts'

test('R19: what is above the limit of one superior goes to the next', async () => {
  const { approvals, rule, need, as, titles, seller, director } = await aSalesCompany()
  await rule(titles.manager, '1000.00')
  await rule(titles.director)
  const approvalId = await need(seller, '1000.01')
  const { approverIds } = await approvals.getApproval({ approvalId }, await as('seller'))
  expect(approverIds).toEqual([director])
})

test('decision 22: the maker alone has the authority, so it goes up; nobody at all is unroutable until there is a rule', async () => {
  const { hosted, asker, approvals, rule, need, as, titles, manager, director, token } = await aSalesCompany()
  await rule(titles.manager)
  const approvalId = await need(manager, '900.00')
  const { status, approverIds } = await approvals.getApproval({ approvalId }, { token })
  expect({ status, approverIds }).toEqual({ status: Approval_Status.UNROUTABLE, approverIds: [] })
  expect((await approvals.listApprovals({ status: Approval_Status.UNROUTABLE }, { token })).approvals).toHaveLength(1)

  await rule(titles.director)
  expect(await approvals.getApproval({ approvalId }, { token })).toMatchObject({
    status: Approval_Status.PENDING,
    approverIds: [director],
  })
  await approvals.approve({ approvalId }, { ...(await as('director')), idempotencyKey: newId() })
  await hosted.drained()
  expect(asker.decisions).toHaveLength(1)
})

test('decision 45: a stricter authority serves, and a case of a milder class finds whoever has it', async () => {
  const { approvals, authority, need, as, titles, seller, director, create } = await aSalesCompany()
  const rule = { class: 'price_under_manager_floor', positionId: titles.director, from: '2026-01-01' }
  const { authorityRuleId } = await authority.createAuthorityRule(rule, create())
  const approvalId = await need(seller, '900.00')
  const seen = async () => approvals.getApproval({ approvalId }, await as('seller'))
  expect(await seen()).toMatchObject({ status: Approval_Status.PENDING, approverIds: [director] })
  await authority.endAuthorityRule({ authorityRuleId, until: '2026-01-01' }, create())
  expect(await seen()).toMatchObject({ status: Approval_Status.UNROUTABLE, approverIds: [] })
})

test('what waits for somebody who leaves goes to the next above', async () => {
  const { approvals, rule, need, titles, seller, manager, director, people, create, token } = await aSalesCompany()
  await rule(titles.manager)
  await rule(titles.director)
  const approvalId = await need(seller, '900.00')
  await people.leavePerson({ personId: manager, on: '2026-03-02' }, create())
  expect((await approvals.getApproval({ approvalId }, { token })).approverIds).toEqual([director])
})

test('the assignments of the business date count, not those of today', async () => {
  const { approvals, rule, need, titles, seller, manager, director, people, department, create, token } =
    await aSalesCompany()
  await rule(titles.manager, '1000.00')
  await rule(titles.director)
  const assignment = { orgUnitId: department, positionId: titles.seller, from: '2026-02-01', managerId: director }
  await people.transferPerson({ personId: manager, assignment }, create())
  const then = await need(seller, '900.00', { businessDate: '2026-01-15', contentHash: 'then' })
  const now = await need(seller, '900.00', { contentHash: 'now' })
  const approversOf = async (approvalId: string) => (await approvals.getApproval({ approvalId }, { token })).approverIds
  expect([await approversOf(then), await approversOf(now)]).toEqual([[manager], [director]])
})

test('a position has one limit for a class on any day', async () => {
  const { rule, authority, titles, create } = await aSalesCompany()
  const { authorityRuleId } = await rule(titles.manager, '1000.00')
  await expect(rule(titles.manager)).rejects.toMatchObject({ code: 'authority_rule_exists' })
  await authority.endAuthorityRule({ authorityRuleId, until: '2026-01-01' }, create())
  await expect(rule(titles.manager)).resolves.toBeDefined()
})
