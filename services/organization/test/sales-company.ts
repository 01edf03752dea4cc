import { ApprovalService } from '@saleswright/contracts/saleswright/organization/v1/approval_pb.ts'
import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { client } from '@saleswright/rpc'
import type { Until } from '@saleswright/testing'
import { onTestFinished } from 'vitest'
import { anAsker } from './asker.ts'
import { type ACompany, aClock, aCompany, signedIn, start } from './platform.ts'

/** A department with a director, and below it a team with a manager and a seller. */
const staff = async ({ unit, role, position, person }: ACompany) => {
  const deciding = await role(
    '审批',
    'organization.approvals.read@self',
    'organization.approvals.decide@self',
    'organization.approvals.withdraw@self',
  )
  const lending = await role('委托', 'organization.delegations.write@self', 'organization.read@self')
  const department = await unit('销售部')
  const team = await unit('一组', department)
  const titles = {
    director: await position('总监', [deciding, lending]),
    manager: await position('经理', [deciding, lending]),
    seller: await position('销售员', [deciding]),
  }
  const director = await person('总监', { orgUnitId: department, positionId: titles.director }, 'director')
  const manager = await person('经理', { orgUnitId: team, positionId: titles.manager, managerId: director }, 'manager')
  const seller = await person('销售员', { orgUnitId: team, positionId: titles.seller, managerId: manager }, 'seller')
  return { department, team, titles, director, manager, seller }
}

/** A company that sells, beside a service that needs decisions; nobody has authority yet. */
export const aSalesCompany = async (until: Until = onTestFinished) => {
  const asker = anAsker()
  const time = aClock()
  const { hosted } = await start([asker.definition], { clock: time.clock }, until)
  const company = await aCompany(hosted)
  const people = await staff(company)
  const { create, companyId } = company
  const approvals = client(ApprovalService, hosted.transportOf(ApprovalService))
  const authority = client(AuthorityService, hosted.transportOf(AuthorityService))
  const rule = (positionId: string, amount?: string) => {
    const upTo = amount === undefined ? {} : { upTo: { currencyCode: 'CNY', amount } }
    const facts = { class: 'price_under_rep_floor', positionId, from: '2026-01-01', ...upTo }
    return authority.createAuthorityRule(facts, create())
  }
  const need = async (requesterId: string, amount: string, changes: object = {}) => {
    const money = { currencyCode: 'CNY', amount }
    const id = await asker.need({ companyId, requesterId, unitId: people.team, amount: money, ...changes })
    await hosted.drained()
    return id
  }
  const as = async (name: string) => ({ token: await signedIn(company, name) })
  return { ...company, ...people, hosted, asker, time, approvals, authority, rule, need, as }
}
