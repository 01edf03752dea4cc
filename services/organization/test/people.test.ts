import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { Person_Status } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { describe, expect, test, vi } from 'vitest'
import { aCompany, PASSWORD, signedIn, start } from './platform.ts'

const open = async () => {
  const { hosted } = await start()
  const company = await aCompany(hosted)
  const directory = client(DirectoryService, hosted.transportOf(DirectoryService), hosted.tokenOf('orders'))
  const as = async (name: string) => ({ token: await signedIn(company, name), idempotencyKey: newId() })
  return { hosted, directory, as, ...company }
}

test('a transfer keeps the history, takes away what the old position opened, and is one when it is repeated', async () => {
  const { unit, role, position, person, people, sessions, create, directory, companyId, rootUnitId } = await open()
  const [east, west] = [await unit('华东'), await unit('华西')]
  const seller = await position('销售员', [await role('销售', 'orders.write@self')])
  const clerk = await position('文员', [await role('文员', 'orders.read@team')])
  const personId = await person('李雷', { orgUnitId: east, positionId: seller }, 'lilei')
  const before = await sessions.createSession({ accountName: 'lilei', password: PASSWORD })

  const transfer = { personId, assignment: { orgUnitId: west, positionId: clerk, from: '2026-06-01' } }
  const moved = await people.transferPerson(transfer, create())
  expect(moved.assignments).toMatchObject([
    { orgUnitId: east, from: '2026-01-01', until: '2026-06-01' },
    { orgUnitId: west, from: '2026-06-01' },
  ])
  expect(await people.transferPerson(transfer, create())).toEqual(moved)
  expect((await directory.lookUpPerson({ companyId, personId })).places).toMatchObject([
    { orgPath: [rootUnitId, east] },
    { orgPath: [rootUnitId, west] },
  ])
  await vi.waitFor(
    () => expect(sessions.getMe({}, { token: before.accessToken })).rejects.toMatchObject({ code: 'session_revoked' }),
    { timeout: 20_000 },
  )
  const { accessToken } = await sessions.refreshSession({ refreshToken: before.refreshToken })
  expect(await sessions.getMe({}, { token: accessToken })).toMatchObject({
    unitId: west,
    grants: ['orders.read@team', 'session@self'],
  })
})

test('who leaves is signed out for good', async () => {
  const { unit, position, person, people, sessions, create } = await open()
  const place = { orgUnitId: await unit('一组'), positionId: await position('销售员') }
  const personId = await person('李雷', place, 'lilei')
  const session = await sessions.createSession({ accountName: 'lilei', password: PASSWORD })
  const left = await people.leavePerson({ personId, on: '2026-03-01' }, create())
  expect(left).toMatchObject({ status: Person_Status.LEFT, assignments: [{ until: '2026-03-01' }] })
  await expect(sessions.refreshSession({ refreshToken: session.refreshToken })).rejects.toMatchObject({
    code: 'refresh_token_invalid',
  })
  await expect(signedIn({ sessions }, 'lilei')).rejects.toMatchObject({ code: 'sign_in_failed' })
  await vi.waitFor(
    () => expect(sessions.getMe({}, { token: session.accessToken })).rejects.toMatchObject({ code: 'session_revoked' }),
    { timeout: 20_000 },
  )
  expect(await people.leavePerson({ personId, on: '2026-03-01' }, create())).toEqual(left)
  await expect(people.leavePerson({ personId, on: '2026-02-28' }, create())).rejects.toMatchObject({
    code: 'person_is_left',
  })
  const again = { personId, accountName: 'lilei' }
  await expect(people.setAccount(again, create())).rejects.toMatchObject({ code: 'person_is_left' })
})

test('an account name is taken once in the installation', async () => {
  const { unit, position, person } = await open()
  const place = { orgUnitId: await unit('一组'), positionId: await position('销售员') }
  await person('李雷', place, 'lilei')
  await expect(person('另一个', place, 'LiLei')).rejects.toMatchObject({ code: 'account_name_taken' })
})

test('a repeated request makes one person, and another request with its key is refused', async () => {
  const { unit, position, people, create } = await open()
  const assignment = { orgUnitId: await unit('一组'), positionId: await position('销售员'), from: '2026-01-01' }
  const key = create()
  const request = { displayName: '李雷', assignment, accountName: 'lilei' }
  const made = await people.createPerson(request, key)
  expect(await people.createPerson(request, key)).toEqual(made)
  await expect(people.createPerson({ ...request, email: 'li.lei@example.com' }, key)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
})

test('a migrated person comes once from one origin, and only a migration says where from', async () => {
  const { unit, role, position, people, create, person, as } = await open()
  const assignment = { orgUnitId: await unit('一组'), positionId: await position('销售员'), from: '2017-01-01' }
  const request = { displayName: 'Anna', assignment, externalRef: { system: 'crm', id: 'a-1' } }
  const made = await people.createPerson(request, create())
  expect(await people.createPerson(request, create())).toEqual(made)
  await expect(people.createPerson({ ...request, displayName: 'Other' }, create())).rejects.toMatchObject({
    code: 'external_ref_exists',
    params: { id: made.personId },
  })
  const office = await position('人事', [await role('人事', 'organization.people.write@company')])
  await person('人事', { ...assignment, positionId: office }, 'hr')
  await expect(people.createPerson(request, await as('hr'))).rejects.toMatchObject({ code: 'migration_needed' })
})

describe('who looks after people, but not after roles', () => {
  const withClerk = async (reach: string) => {
    const company = await open()
    const { unit, role, position, person } = company
    const [east, west] = [await unit('华东'), await unit('华西')]
    const caring = await role('人事', `organization.people.write@${reach}`, `organization.read@${reach}`)
    const positions = { clerk: await position('人事', [caring]), seller: await position('销售员') }
    await person('人事', { orgUnitId: east, positionId: positions.clerk }, 'clerk')
    return { ...company, east, west, positions }
  }

  test('acts in the own rows only: another’s unit and people are not there', async () => {
    const { people, east, west, positions, person, as } = await withClerk('subtree')
    const other = await person('西', { orgUnitId: west, positionId: positions.seller })
    const clerk = await as('clerk')
    const hire = (orgUnitId: string) =>
      people.createPerson(
        { displayName: '新人', assignment: { orgUnitId, positionId: positions.seller, from: '2026-01-01' } },
        { ...clerk, idempotencyKey: newId() },
      )
    await expect(hire(west)).rejects.toMatchObject({ code: 'org_unit_not_found' })
    const { personId } = await hire(east)
    const never = { orgUnitId: east, positionId: positions.seller, from: '2026-04-01', until: '2026-04-01' }
    await expect(people.transferPerson({ personId, assignment: never }, clerk)).rejects.toMatchObject({
      code: 'span_is_empty',
      violations: [{ field: 'assignment.from' }, { field: 'assignment.until' }],
    })
    await expect(people.getPerson({ personId: other }, clerk)).rejects.toMatchObject({ code: 'person_not_found' })
    await expect(people.leavePerson({ personId: other, on: '2026-02-01' }, clerk)).rejects.toMatchObject({
      code: 'person_not_found',
    })
    const assignment = { orgUnitId: west, positionId: positions.seller, from: '2026-05-01' }
    await expect(people.transferPerson({ personId, assignment }, clerk)).rejects.toMatchObject({
      code: 'org_unit_not_found',
    })
    expect((await people.listPeople({}, clerk)).people.map(({ displayName }) => displayName).toSorted()).toEqual([
      '人事',
      '新人',
    ])
  })

  test('gives nobody more than they have, and takes no account of somebody who may do more', async () => {
    const { people, east, positions, position, role, as, sessions, token } = await withClerk('company')
    const mighty = await role('权限', 'organization.roles.write@company')
    const throne = await position('权限管理', [mighty])
    const clerk = await as('clerk')
    const refusal = { kind: 'forbidden', code: 'permission_missing' }
    const waits = { kind: 'conflict', code: 'grant_needs_approval' }
    const at = (positionId: string) => ({ orgUnitId: east, positionId, from: '2026-01-01' })
    const hire = (request: object) =>
      people.createPerson(
        { displayName: 'x', assignment: at(positions.seller), ...request },
        { ...clerk, idempotencyKey: newId() },
      )
    await expect(hire({ roleIds: [mighty] })).rejects.toMatchObject(refusal)
    await expect(hire({ assignment: at(throne) })).rejects.toMatchObject(waits)
    const { personId } = await hire({})
    const promotion = { personId, assignment: { ...at(throne), from: '2026-04-01' } }
    await expect(people.transferPerson(promotion, clerk)).rejects.toMatchObject(waits)
    await expect(people.setPersonRoles({ personId, roleIds: [mighty] }, clerk)).rejects.toMatchObject(refusal)
    const root = (await sessions.getMe({}, { token })).personId
    const take = { personId: root, accountName: 'taker', email: 'mine@example.com' }
    await expect(people.setAccount(take, clerk)).rejects.toMatchObject(refusal)
    const demotion = { personId: root, assignment: { ...at(positions.seller), from: '2026-04-01' } }
    await expect(people.transferPerson(demotion, clerk)).rejects.toMatchObject(refusal)
    await expect(people.leavePerson({ personId: root, on: '2026-02-01' }, clerk)).rejects.toMatchObject(refusal)
  })
})

test('a change made on the sight of an older version is refused', async () => {
  const { unit, position, person, people, create } = await open()
  const personId = await person('李雷', { orgUnitId: await unit('一组'), positionId: await position('销售员') })
  const { etag } = await people.getPerson({ personId }, create())
  await people.setPersonRoles({ personId, roleIds: [], etag }, create())
  await people.setAccount({ personId, accountName: 'lilei' }, create())
  await expect(people.setPersonRoles({ personId, roleIds: [], etag }, create())).rejects.toMatchObject({
    kind: 'stale',
    code: 'etag_mismatch',
  })
})

test('a leave before the first day, long ago or of the last administrator is refused, and changes nothing', async () => {
  const { unit, role, position, person, people, sessions, create, token, as, rootUnitId } = await open()
  const place = { orgUnitId: await unit('一组'), positionId: await position('销售员') }
  const personId = await person('李雷', place)
  const care = await position('人事', [await role('人事', 'organization.people.write@company')])
  await person('人事', { orgUnitId: rootUnitId, positionId: care }, 'hr')
  const hr = await as('hr')
  await expect(people.leavePerson({ personId, on: '2006-03-02' }, hr)).rejects.toMatchObject({
    code: 'span_is_empty',
    violations: [{ field: 'on' }],
  })
  await expect(people.leavePerson({ personId, on: '2026-02-26' }, hr)).rejects.toMatchObject({
    code: 'migration_needed',
  })
  expect((await people.getPerson({ personId }, { token })).assignments).toMatchObject([{ from: '2026-01-01' }])

  const root = (await sessions.getMe({}, { token })).personId
  const last = { kind: 'conflict', code: 'last_administrator' }
  await expect(people.leavePerson({ personId: root, on: '2026-03-02' }, create())).rejects.toMatchObject(last)
  const { roleIds } = await people.getPerson({ personId: root }, { token })
  const second = await person('第二管理员', place, 'root-2')
  await people.setPersonRoles({ personId: second, roleIds }, create())
  const assignment = { ...place, from: '2026-03-02' }
  const other = await as('root-2')
  await people.transferPerson({ personId: root, assignment }, other)
  await people.setPersonRoles({ personId: root, roleIds: [] }, { ...other, idempotencyKey: newId() })
  const demotion = { personId: second, roleIds: [] }
  await expect(people.setPersonRoles(demotion, { ...other, idempotencyKey: newId() })).rejects.toMatchObject(last)
})
