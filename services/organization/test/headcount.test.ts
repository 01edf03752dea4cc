import { newId } from '@saleswright/kernel'
import { afterAll, expect, test } from 'vitest'
import { aCompany, PASSWORD, signedIn, start } from './platform.ts'

const { hosted } = await start([], {}, afterAll)
const company = await aCompany(hosted)
const { unit, role, position, positions, person, people, headcounts, sessions, create, token, rootUnitId } = company
const top = await position('总经理')
const plan = (orgUnitId: string, planned: number, positionId?: string) =>
  headcounts.createHeadcountPlan({ orgUnitId, planned, ...(positionId !== undefined && { positionId }) }, create())

test('R1, R2: a sales department has one director, who reports to the general manager, and a team one leader', async () => {
  const departments = [await unit('销售一部'), await unit('销售二部')] as const
  const team = await unit('一组', departments[0])
  const [director, leader] = [await position('销售总监', [], top), await position('组长')]
  const boss = await person('总经理', { orgUnitId: rootUnitId, positionId: top })
  for (const department of departments) await plan(department, 1, director)
  await plan(team, 1, leader)
  const seat = (orgUnitId: string, managerId = boss) => ({ orgUnitId, positionId: director, managerId })

  const outcomes = await Promise.allSettled(['甲', '乙', '丙'].map((name) => person(name, seat(departments[0]))))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
  expect(refused).toEqual(['position_full', 'position_full'])
  await expect(person('团队里的总监', seat(team))).rejects.toMatchObject({
    code: 'position_full',
    params: { unit: '销售一部', title: '销售总监', headcount: '1' },
  })
  const lead = await person('组长', { orgUnitId: team, positionId: leader })
  await expect(person('第二个组长', { orgUnitId: team, positionId: leader })).rejects.toMatchObject({
    code: 'position_full',
  })

  const wrong = { code: 'superior_of_other_position', params: { title: '总经理' } }
  await expect(person('丁', seat(departments[1], lead))).rejects.toMatchObject(wrong)
  await expect(person('丁', { orgUnitId: departments[1], positionId: director })).rejects.toMatchObject(wrong)
  const personId = await person('丁', seat(departments[1]))
  expect((await people.getPerson({ personId }, { token })).assignments).toMatchObject([{ managerId: boss }])
  await people.leavePerson({ personId, on: '2026-03-01' }, create())
  const { headcountPlans } = await headcounts.listHeadcountPlans({ positionId: director }, { token })
  const gaps = departments.map((id) => headcountPlans.find(({ orgUnitId }) => orgUnitId === id)?.gap)
  expect(gaps).toEqual([0, 1])
})

test('R11, R12, R13: each position of the line answers to the one above it, and to no other', async () => {
  const line = [
    ['销售经理', '总经理'],
    ['销售主管', '销售经理'],
    ...['业务组长', '平面设计', '系统专员', '销售助理'].map((title) => [title, '销售主管'] as const),
    ...['业务员', '跟单员'].map((title) => [title, '业务组长'] as const),
  ] as const
  const orgUnitId = await unit('销售三部')
  const positionIds = new Map([['总经理', top]])
  const holders = new Map([['总经理', await person('总经理', { orgUnitId, positionId: top })]])
  for (const [title, above] of line) {
    positionIds.set(title, await position(title, [], positionIds.get(above)))
    const place = { orgUnitId, positionId: positionIds.get(title) ?? '' }
    for (const [other, managerId] of holders) {
      if (other === above) continue
      await expect(person(title, { ...place, managerId }), `${title} under ${other}`).rejects.toMatchObject({
        code: 'superior_of_other_position',
        params: { title: above },
      })
    }
    holders.set(title, await person(title, { ...place, managerId: holders.get(above) ?? '' }))
  }
  const assignment = { orgUnitId, positionId: positionIds.get('销售主管') ?? '', from: '2026-06-01' }
  const promoted = { personId: holders.get('业务员') ?? '', assignment }
  await expect(people.transferPerson(promoted, create())).rejects.toMatchObject({ code: 'superior_of_other_position' })
})

test('R10: of a department that 19 people are planned for and 14 are in, five are missing, on any day', async () => {
  const department = await unit('销售部')
  const [team, elsewhere] = [await unit('一组', department), await unit('财务部')]
  const [seller, clerk] = [await position('营业员'), await position('开单员')]
  const { headcountPlanId, etag } = await plan(department, 19)
  await plan(department, 4, clerk)
  await expect(plan(department, 5)).rejects.toMatchObject({ code: 'headcount_plan_exists' })
  await person('出纳', { orgUnitId: elsewhere, positionId: seller })
  for (let number = 0; number < 14; number += 1) {
    const place = { orgUnitId: number % 2 ? team : department, positionId: number < 3 ? clerk : seller }
    await person(`第 ${number} 人`, { ...place, from: number < 12 ? '2026-01-01' : '2026-02-01' })
  }
  const seen = async (on: object = {}) => {
    const { headcountPlans } = await headcounts.listHeadcountPlans({ orgUnitId: department, ...on }, { token })
    return headcountPlans
      .map(({ planned, actual, gap }) => [planned, actual, gap])
      .toSorted(([left = 0], [right = 0]) => right - left)
  }
  expect(await seen()).toEqual([
    [19, 14, 5],
    [4, 3, 1],
  ])
  expect(await seen({ on: '2026-01-31' })).toEqual([
    [19, 12, 7],
    [4, 3, 1],
  ])

  await headcounts.updateHeadcountPlan({ headcountPlanId, planned: 13, etag }, create())
  expect(await headcounts.getHeadcountPlan({ headcountPlanId }, { token })).toMatchObject({ actual: 14, gap: -1 })
  await expect(person('新人', { orgUnitId: team, positionId: seller })).rejects.toMatchObject({
    code: 'unit_full',
    params: { unit: '销售部', headcount: '13' },
  })
  const older = headcounts.updateHeadcountPlan({ headcountPlanId, planned: 20, etag }, create())
  await expect(older).rejects.toMatchObject({ code: 'etag_mismatch' })
})

test('who plans for a region plans for no other unit', async () => {
  const [east, west] = [await unit('华东'), await unit('华西')]
  const planning = await role('编制', 'organization.headcount.write@subtree', 'organization.read@subtree')
  await person('主管', { orgUnitId: east, positionId: await position('主管', [planning]) }, 'planner')
  const whole = await plan(rootUnitId, 100)
  const by = async () => ({ token: await signedIn({ sessions }, 'planner'), idempotencyKey: newId() })
  await headcounts.createHeadcountPlan({ orgUnitId: east, planned: 3 }, await by())
  const refusal = { code: 'org_unit_not_found' }
  await expect(headcounts.createHeadcountPlan({ orgUnitId: west, planned: 3 }, await by())).rejects.toMatchObject(
    refusal,
  )
  const { headcountPlanId } = whole
  await expect(headcounts.updateHeadcountPlan({ headcountPlanId, planned: 3 }, await by())).rejects.toMatchObject(
    refusal,
  )
})

test('a position is changed: its title, its superior in no ring, and at once what its holders may do', async () => {
  const chief = await position('店长')
  const positionId = await position('新手', [await role('读', 'orders.read@self')], chief)
  const managerId = await person('店长', { orgUnitId: rootUnitId, positionId: chief })
  await person('李雷', { orgUnitId: rootUnitId, positionId, managerId }, 'lilei')
  const writing = await role('写', 'orders.write@self')
  const before = await sessions.createSession({ accountName: 'lilei', password: PASSWORD })
  const changed = await positions.updatePosition({ positionId, title: '销售员', roleIds: [writing] }, create())
  expect(changed).toMatchObject({ title: '销售员', roleIds: [writing], reportsToId: chief })
  const { accessToken } = await sessions.refreshSession({ refreshToken: before.refreshToken })
  expect((await sessions.getMe({}, { token: accessToken })).grants).toContain('orders.write@self')
  for (const reportsToId of [positionId, chief]) {
    const ring = positions.updatePosition({ positionId: chief, reportsToId }, create())
    await expect(ring).rejects.toMatchObject({ code: 'position_line_cycle' })
  }
  await positions.updatePosition({ positionId, clearedFields: ['reportsToId'] }, create())
  expect((await positions.getPosition({ positionId }, { token })).reportsToId).toBeUndefined()
})
