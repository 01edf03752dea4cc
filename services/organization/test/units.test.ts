import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { OrgUnit_Kind } from '@saleswright/contracts/saleswright/organization/v1/org_unit_pb.ts'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aCompany, signedIn, start } from './platform.ts'

const open = async () => {
  const { hosted } = await start()
  const directory = client(DirectoryService, hosted.transportOf(DirectoryService), hosted.tokenOf('orders'))
  return { directory, ...(await aCompany(hosted)) }
}

test('R3, R6, R8: below the headquarters are regions with offices and teams, and departments that support them', async () => {
  const { units, unit, create, token, rootUnitId } = await open()
  const { REGION, OFFICE, DEPARTMENT } = OrgUnit_Kind
  const made = (name: string, kind: OrgUnit_Kind, parentId: string, purpose?: string) =>
    units.createOrgUnit({ name, kind, parentId, ...(purpose !== undefined && { purpose }) }, create())
  const region = await made('华东分部', REGION, rootUnitId)
  const office = await made('苏州办事处', OFFICE, region.orgUnitId, '经销商的开发及产品的推广')
  const team = await unit('苏州一组', office.orgUnitId)
  const support = [await made('市场部', DEPARTMENT, rootUnitId), await made('客服部', DEPARTMENT, region.orgUnitId)]
  const listed = async (request: object) =>
    (await units.listOrgUnits(request, { token })).orgUnits.map(({ orgUnitId }) => orgUnitId).toSorted()
  expect(await listed({ kind: DEPARTMENT })).toEqual(support.map(({ orgUnitId }) => orgUnitId).toSorted())
  expect(await listed({ kind: OFFICE })).toEqual([office.orgUnitId])
  expect(await listed({ q: '经销商' })).toEqual([office.orgUnitId])
  expect((await units.getOrgUnit({ orgUnitId: team }, { token })).path).toEqual([
    rootUnitId,
    region.orgUnitId,
    office.orgUnitId,
    team,
  ])
  const { orgUnitId } = office
  const renamed = await units.updateOrgUnit({ orgUnitId, name: '苏南办事处' }, create())
  expect(renamed).toMatchObject({ name: '苏南办事处', purpose: '经销商的开发及产品的推广' })
  const cleared = await units.updateOrgUnit({ orgUnitId, clearedFields: ['purpose'] }, create())
  expect(cleared.purpose).toBeUndefined()
})

test('a moved unit takes everything below it along, people included', async () => {
  const { units, unit, position, person, create, directory, companyId, rootUnitId, people, token } = await open()
  const [north, south] = [await unit('华北分部'), await unit('华南分部')]
  const office = await unit('办事处', north)
  const team = await unit('一组', office)
  const personId = await person('李雷', { orgUnitId: team, positionId: await position('销售员') })

  const moved = await units.updateOrgUnit({ orgUnitId: office, parentId: south }, create())
  expect(moved).toMatchObject({ parentId: south, path: [rootUnitId, south, office] })
  expect(await units.getOrgUnit({ orgUnitId: team }, { token })).toMatchObject({
    path: [rootUnitId, south, office, team],
  })
  expect((await directory.lookUpPerson({ companyId, personId })).places).toMatchObject([
    { orgPath: [rootUnitId, south, office, team] },
  ])
  expect(await units.updateOrgUnit({ orgUnitId: office, parentId: south }, create())).toEqual(moved)
  expect((await people.getPerson({ personId }, { token })).assignments).toHaveLength(1)
})

test('R5, R7: a sales centre governs its regions, with groups by product line beside one for customer relations', async () => {
  const { units, unit, role, position, person, people, sessions, create } = await open()
  const centre = await unit('华东销售中心')
  const region = (name: string, parentId: string) =>
    units.createOrgUnit({ name, kind: OrgUnit_Kind.REGION, parentId }, create())
  const [south, north] = [await region('苏南', centre), await region('苏北', centre)]
  const groups = await Promise.all(['HID 组', 'LED 组', '客户关系组'].map((name) => unit(name, south.orgUnitId)))
  const seller = await position('销售员')
  for (const [index, orgUnitId] of [...groups, north.orgUnitId, await unit('华南销售中心')].entries()) {
    await person(`第 ${index} 人`, { orgUnitId, positionId: seller })
  }
  const reading = await role('主管', 'organization.read@subtree')
  const head = await position('主管', [reading])
  await person('中心主管', { orgUnitId: centre, positionId: head }, 'centre')
  await person('区域主管', { orgUnitId: south.orgUnitId, positionId: head }, 'south')
  const seen = async (name: string) => {
    const { people: found } = await people.listPeople({}, { token: await signedIn({ sessions }, name) })
    return found.map(({ displayName }) => displayName).toSorted()
  }
  expect(await seen('centre')).toEqual(['中心主管', '区域主管', '第 0 人', '第 1 人', '第 2 人', '第 3 人'])
  expect(await seen('south')).toEqual(['区域主管', '第 0 人', '第 1 人', '第 2 人'])
})

test('units are moved into no ring, also by two who move at once', async () => {
  const { units, unit, create, token, rootUnitId } = await open()
  const [north, south] = [await unit('华北'), await unit('华南')]
  await expect(units.updateOrgUnit({ orgUnitId: north, parentId: north }, create())).rejects.toMatchObject({
    code: 'org_unit_cycle',
  })
  const outcomes = await Promise.allSettled([
    units.updateOrgUnit({ orgUnitId: north, parentId: south }, create()),
    units.updateOrgUnit({ orgUnitId: south, parentId: north }, create()),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const { orgUnits } = await units.listOrgUnits({}, { token })
  for (const { path } of orgUnits) expect(path[0]).toBe(rootUnitId)
})

test('siblings have different names, and a parent must be there', async () => {
  const { unit } = await open()
  await unit('一组')
  await expect(unit('一组')).rejects.toMatchObject({ code: 'org_unit_exists' })
  await expect(unit('二组', '01a2044f-ab18-7447-a98b-cef8e3caed4c')).rejects.toMatchObject({
    code: 'org_unit_not_found',
  })
})

test('units, positions and people are found by their names', async () => {
  const { units, unit, position, positions, person, people, token } = await open()
  const team = await unit('华东一组')
  await unit('华西一组')
  const seller = await position('销售员')
  await person('李雷', { orgUnitId: team, positionId: seller })
  const as = { token }
  expect((await units.listOrgUnits({ q: '华东一' }, as)).orgUnits).toMatchObject([{ orgUnitId: team }])
  expect((await positions.listPositions({ q: '销售' }, as)).positions).toMatchObject([{ positionId: seller }])
  expect((await people.listPeople({ q: '雷' }, as)).people).toMatchObject([{ displayName: '李雷' }])
  expect((await people.listPeople({ q: '管理', orgUnitId: team }, as)).people).toEqual([])
})

test('other services read the whole directory in pages', async () => {
  const { unit, position, person, directory, companyId } = await open()
  const team = await unit('一组')
  const seller = await position('销售员')
  for (const name of ['甲', '乙', '丙']) await person(name, { orgUnitId: team, positionId: seller })
  const { people, units, nextPageToken } = await directory.listDirectory({ companyId })
  expect(people).toHaveLength(4)
  expect(units).toHaveLength(2)
  expect(nextPageToken).toBe('')
  expect(await directory.lookUpUnit({ companyId, orgUnitId: team })).toMatchObject({ name: '一组' })
})
