import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aCompany, clientsOf, setPasswordOf, setUp, signedIn, start } from './platform.ts'

test('of parallel setups one makes the company', async () => {
  const { hosted } = await start()
  const clients = clientsOf(hosted)
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => setUp(clients)))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
  expect(refused).toEqual(['setup_done', 'setup_done', 'setup_done', 'setup_done'])

  const token = await signedIn(clients, 'root')
  const { companies } = await clients.companies.listCompanies({}, { token })
  expect(companies).toMatchObject([{ name: '华东销售有限公司', currencyCode: 'CNY' }])
})

test('the setup needs its token, a good password, a currency and a time zone', async () => {
  const { hosted } = await start()
  const clients = clientsOf(hosted)
  const administrator = { accountName: 'root', displayName: '管理员', password: 'short' }
  await expect(setUp(clients, { setupToken: 'guess' })).rejects.toMatchObject({ code: 'setup_token_wrong' })
  await expect(setUp(clients, { administrator })).rejects.toMatchObject({ code: 'weak_password' })
  await expect(setUp(clients, { timeZone: 'Asia/Atlantis' })).rejects.toMatchObject({
    code: 'bad_time_zone',
    violations: [{ field: 'timeZone' }],
  })
  await expect(setUp(clients, { currencyCode: 'yuan' })).rejects.toMatchObject({ code: 'invalid_request' })
  await setUp(clients)
  await expect(setUp(clients)).rejects.toMatchObject({ code: 'setup_done' })
})

test('without a token in the configuration nobody sets it up', async () => {
  const { hosted } = await start([], { config: {} })
  await expect(setUp(clientsOf(hosted), { setupToken: 'undefined' })).rejects.toMatchObject({
    code: 'setup_token_wrong',
  })
})

test('R9: a subsidiary begins with the roles, positions and authority rules of its mother, and neither sees the other', async () => {
  const { hosted } = await start()
  const mother = await aCompany(hosted)
  const { companies, units, people, roles, positions, token, role, position } = mother
  const authority = client(AuthorityService, hosted.transportOf(AuthorityService))
  const manager = await position('销售经理', [await role('经理', 'orders.read@subtree')])
  await position('销售员', [], manager)
  const ruling = (caseClass: string, more: object = {}) =>
    authority.createAuthorityRule(
      { class: caseClass, positionId: manager, from: '2026-01-01', ...more },
      mother.create(),
    )
  await ruling('price_under_rep_floor')
  await ruling('credit_limit', { upTo: { currencyCode: 'CNY', amount: '1.00' } })
  await ruling('price_above_list', { until: '2026-01-02' })
  const administrator = { accountName: 'branch', displayName: '子公司管理员' }
  const branch = await companies.createCompany(
    { name: '子公司', currencyCode: 'USD', timeZone: 'Europe/Berlin', administrator },
    mother.create(),
  )
  await setPasswordOf(hosted, 'branch')
  const theirs = await signedIn(mother, 'branch')
  expect(await mother.sessions.getMe({}, { token: theirs })).toMatchObject({ companyId: branch.companyId })
  expect(await companies.getCompany({ companyId: branch.companyId }, { token: theirs })).toMatchObject({
    parentCompanyId: mother.companyId,
  })
  const { roles: theirRoles } = await roles.listRoles({}, { token: theirs })
  expect(theirRoles.find(({ name }) => name === '经理')).toMatchObject({ grants: ['orders.read@subtree'] })
  const { positions: theirPositions } = await positions.listPositions({ orderBy: 'title' }, { token: theirs })
  const [head, seller] = ['销售经理', '销售员'].map((title) => theirPositions.find((one) => one.title === title))
  expect(head?.roleIds).toEqual([theirRoles.find(({ name }) => name === '经理')?.roleId])
  expect(seller).toMatchObject({ reportsToId: head?.positionId })
  expect(await authority.listAuthorityRules({}, { token: theirs })).toMatchObject({
    authorityRules: [{ class: 'price_under_rep_floor', positionId: head?.positionId }],
  })

  const personId = (await people.listPeople({}, { token })).people[0]!.personId
  const { roleId } = (await roles.listRoles({}, { token })).roles.find(({ name }) => name === '经理')!
  const as = { token: theirs }
  await expect(companies.getCompany({ companyId: mother.companyId }, as)).rejects.toMatchObject({
    code: 'company_not_found',
  })
  await expect(units.getOrgUnit({ orgUnitId: mother.rootUnitId }, as)).rejects.toMatchObject({
    code: 'org_unit_not_found',
  })
  await expect(people.getPerson({ personId }, as)).rejects.toMatchObject({ code: 'person_not_found' })
  await expect(roles.updateRole({ roleId, name: 'x' }, as)).rejects.toMatchObject({ code: 'role_not_found' })
  const create = { ...as, idempotencyKey: newId() }
  await expect(units.createOrgUnit({ name: 'x', kind: 5, parentId: mother.rootUnitId }, create)).rejects.toMatchObject({
    code: 'org_unit_not_found',
  })
  expect((await people.listPeople({}, as)).people).toMatchObject([{ displayName: '子公司管理员' }])
})
