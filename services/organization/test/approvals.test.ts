import { ApprovalDecision_Verdict } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { Approval_Status, ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { anAsker } from './asker.ts'
import { aClock, aCompany, signedIn, start } from './platform.ts'

/** A seller below a manager below a director; the manager decides up to 1,000, the director without limit. */
const aSalesCompany = async () => {
  const asker = anAsker()
  const time = aClock()
  const { hosted } = await start([asker.definition], { clock: time.clock })
  const company = await aCompany(hosted)
  const { unit, role, position, person, create, companyId } = company
  const deciding = await role('审批', 'organization.approvals.read@self', 'organization.approvals.decide@self')
  const mayLend = await role('委托', 'organization.delegations.write@self', 'organization.read@self')
  const department = await unit('销售部')
  const team = await unit('一组', department)
  const titles = {
    director: await position('总监', [deciding, mayLend], 1),
    manager: await position('经理', [deciding, mayLend]),
    seller: await position('销售员', [deciding]),
  }
  const director = await person('总监', { orgUnitId: department, positionId: titles.director }, 'director')
  const manager = await person('经理', { orgUnitId: team, positionId: titles.manager, managerId: director }, 'manager')
  const seller = await person('销售员', { orgUnitId: team, positionId: titles.seller, managerId: manager }, 'seller')

  const approvals = client(ApprovalService, hosted.transportOf(ApprovalService))
  const authority = client(AuthorityService, hosted.transportOf(AuthorityService))
  const rule = (positionId: string, upTo?: string) =>
    authority.createAuthorityRule(
      {
        class: 'price_under_rep_floor',
        positionId,
        from: '2026-01-01',
        ...(upTo && { upTo: { currencyCode: 'CNY', amount: upTo } }),
      },
      create(),
    )
  const need = async (requesterId: string, amount: string, changes: object = {}) => {
    const money = { currencyCode: 'CNY', amount }
    const id = await asker.need({ companyId, requesterId, unitId: team, amount: money, ...changes })
    await hosted.drained()
    return id
  }
  const as = async (name: string) => ({ token: await signedIn(company, name) })
  return {
    ...company,
    hosted,
    asker,
    time,
    approvals,
    authority,
    rule,
    need,
    as,
    team,
    department,
    titles,
    director,
    manager,
    seller,
  }
}

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

test('R153: what is above the limit of one superior goes to the next', async () => {
  const { approvals, rule, need, as, titles, seller, director } = await aSalesCompany()
  await rule(titles.manager, '1000.00')
  await rule(titles.director)
  const approvalId = await need(seller, '1000.01')
  const { approverIds } = await approvals.getApproval({ approvalId }, await as('seller'))
  expect(approverIds).toEqual([director])
})
