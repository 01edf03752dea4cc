import { AuthorityService } from '@saleswright/contracts/saleswright/organization/v1/authority_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { afterAll, expect, test, vi } from 'vitest'
import { aClock, aCompany, signedIn, start } from './platform.ts'

// Later than any real day: a session that began after a revocation, by its id, is never meant.
const time = aClock(new Date('2036-03-02T02:00:00Z'))
const { hosted } = await start([], { clock: time.clock }, afterAll)
const company = await aCompany(hosted)
const { unit, role, position, person, people, roles, sessions } = company
const authority = client(AuthorityService, hosted.transportOf(AuthorityService))
const as = async (name: string) => ({ token: await signedIn(company, name), idempotencyKey: newId() })

const LENT = ['orders.read@subtree', 'organization.approvals.decide@subtree', 'organization.read@subtree']
const managing = await role(
  '经理',
  ...LENT,
  ...['people.write@subtree', 'delegations.write@self', 'roles.write@company'].map((grant) => `organization.${grant}`),
  'migration@company',
)
const [department, elsewhere] = [await unit('销售部'), await unit('财务部')]
const team = await unit('一组', department)
const seller = await position('业务员')
const assisting = await position('助销员', [
  await role('助理', 'customers.read@self', 'organization.roles.write@company'),
])
await person('经理', { orgUnitId: department, positionId: await position('经理', [managing]) }, 'manager')
const deputy = await person('助销员', { orgUnitId: department, positionId: assisting }, 'assistant')
const stranger = await person('会计', { orgUnitId: elsewhere, positionId: seller })
await person('业务员', { orgUnitId: team, positionId: seller })
const caring = await role(
  '账号',
  'customers.read@self',
  'organization.roles.write@company',
  'organization.accounts.write@company',
)
await person('人事', { orgUnitId: elsewhere, positionId: await position('人事', [caring]) }, 'hr')

const OWN = ['customers.read@self', 'organization.roles.write@company', 'session@self']
const grantsOf = async (name: string) => (await sessions.getMe({}, await as(name))).grants.toSorted()
const refused = (caller: object) =>
  vi.waitFor(() => expect(sessions.getMe({}, caller)).rejects.toMatchObject({ code: 'session_revoked' }), {
    timeout: 20_000,
  })
const days = { from: '2036-03-03', until: '2036-03-05' }
const lend = async (request: object = {}) =>
  authority.createDelegation({ toPersonId: deputy, deputizes: true, ...days, ...request }, await as('manager'))

test('R18: while the sales manager is away, the assistant runs the department: with the rights and rows of the manager', async () => {
  expect(await lend()).toMatchObject({ deputizes: true, classes: [] })
  expect(await grantsOf('assistant')).toEqual(OWN)
  time.pass(86_400)
  expect(await grantsOf('assistant')).toEqual([...OWN, ...LENT].toSorted())
  const { people: seen } = await people.listPeople({}, await as('assistant'))
  expect(seen.map(({ displayName }) => displayName).toSorted()).toEqual(['业务员', '助销员', '经理'])
  // What was lent is not theirs to pass on, nor anybody's who takes their account.
  const wider = { name: '更多', grants: ['orders.read@subtree'] }
  await expect(roles.createRole(wider, await as('assistant'))).rejects.toMatchObject({ code: 'grant_needs_approval' })
  time.pass(2 * 86_400)
  expect(await grantsOf('assistant')).toEqual(OWN)
})

test('R18: a deputy who is called back, or whose manager may do less, may do less at once', async () => {
  const from = '2036-03-05'
  const { delegationId } = await lend({ from, until: '2036-03-20' })
  const before = await as('assistant')
  expect((await sessions.getMe({}, before)).grants).toContain('orders.read@subtree')
  time.pass(1)
  await authority.endDelegation({ delegationId, until: from }, await as('manager'))
  await refused(before)
  expect(await grantsOf('assistant')).toEqual(OWN)

  await lend({ from, until: '2036-03-20' })
  const again = await as('assistant')
  time.pass(1)
  await roles.updateRole({ roleId: managing, grants: LENT.slice(1) }, await as('root'))
  await refused(again)
  expect(await grantsOf('assistant')).toEqual([...OWN, ...LENT.slice(1)].toSorted())
})

test('a deputy sits in the same unit, stands in for everything, and is appointed by nobody else', async () => {
  await roles.updateRole({ roleId: managing, grants: ['organization.delegations.write@self'] }, await as('root'))
  await expect(lend({ toPersonId: stranger })).rejects.toMatchObject({ code: 'deputy_elsewhere' })
  await expect(lend({ classes: ['credit_limit'] })).rejects.toMatchObject({
    code: 'deputy_of_classes',
    violations: [{ field: 'classes' }],
  })
  const others = { fromPersonId: stranger, toPersonId: deputy, deputizes: true, ...days }
  await expect(authority.createDelegation(others, await as('root'))).rejects.toMatchObject({
    code: 'deputy_of_another',
  })
})

test('who cannot do what a deputy does takes no account of a deputy', async () => {
  await roles.updateRole(
    { roleId: managing, grants: ['orders.read@subtree', 'organization.delegations.write@self'] },
    await as('root'),
  )
  const renaming = { personId: deputy, accountName: 'taken', email: 'mine@example.com' }
  await expect(people.setAccount(renaming, await as('hr'))).rejects.toMatchObject({
    code: 'grant_exceeds_own',
    params: { grants: 'orders.read@subtree' },
  })
})
