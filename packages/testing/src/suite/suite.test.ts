import { create } from '@bufbuild/protobuf'
import { CustomerChangedSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { newId } from '@saleswright/kernel'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aClock } from './clock.ts'
import { standInDirectory } from './directory.ts'
import { peer } from './peer.ts'
import { openSuite } from './suite.ts'

const [COMPANY, ROOT, EAST] = [newId(), newId(), newId()]
const directory = standInDirectory({ companyId: COMPANY, rootUnitId: ROOT })
const organization = peer('organization', { bounds: [directory.bound] })
const customers = peer('customers')
const { clock } = aClock(new Date('2026-03-10T04:00:00Z'))
const { hosted, serviceToken, caller, partner, toldBy } = await openSuite(
  [organization.definition, customers.definition],
  { clock },
)
const asked = client(DirectoryService, hosted.transportOf(DirectoryService), serviceToken)

const changed = (aggregateId: string, name: string) => ({
  aggregateId,
  event: create(CustomerChangedSchema, { customerId: aggregateId, name }),
})

test('what a peer tells is read in its order, with versions by record', async () => {
  const [one, other] = [newId(), newId()]
  await customers.tell(COMPANY, changed(one, '甲'), changed(other, '乙'))
  await customers.tell(COMPANY, changed(one, '甲甲'))
  const { told, namesOf } = toldBy('customers')
  expect(await told()).toMatchObject([
    { aggregateId: one, aggregateVersion: 1, name: '甲' },
    { aggregateId: other, aggregateVersion: 1, name: '乙' },
    { aggregateId: one, aggregateVersion: 2, name: '甲甲' },
  ])
  expect(await told(other)).toHaveLength(1)
  expect(await namesOf(one)).toEqual(['CustomerChanged', 'CustomerChanged'])
})

test('a peer that does not run tells nothing', () => {
  expect(() => peer('orders').platform()).toThrow('orders does not run')
})

test('the directory knows who and what it was told of', async () => {
  directory.unit('华东', ROOT, EAST)
  const li = directory.person({
    name: '李雷',
    seats: [{ orgPath: [ROOT, EAST], from: '2026-01-01', until: '2026-06-30' }],
  })
  const person = await asked.lookUpPerson({ companyId: COMPANY, personId: li })
  const place = { orgUnitId: EAST, orgPath: [ROOT, EAST], from: '2026-01-01', until: '2026-06-30' }
  expect(person).toMatchObject({ displayName: '李雷', places: [place] })
  expect(await asked.lookUpUnit({ companyId: COMPANY, orgUnitId: EAST })).toMatchObject({ path: [ROOT, EAST] })
  const nobody = asked.lookUpPerson({ companyId: COMPANY, personId: newId() })
  await expect(nobody).rejects.toMatchObject({ code: 'person_not_found' })
  const nowhere = asked.lookUpUnit({ companyId: COMPANY, orgUnitId: newId() })
  await expect(nowhere).rejects.toMatchObject({ code: 'org_unit_not_found' })
})

test('callers are who they say, by the clock of the suite, under a new key each time', async () => {
  const someone = await caller({ companyId: COMPANY, grants: ['orders.read@company'] })
  const [first, second, named] = [someone.as(), someone.as(), someone.as('mine')]
  expect(first.idempotencyKey).not.toBe(second.idempotencyKey)
  expect(named.idempotencyKey).toBe('mine')
  const claims = { id: someone.id, companyId: COMPANY, grants: new Map([['orders.read', 'company']]) }
  expect(await hosted.verify(first.token)).toMatchObject(claims)
  const dealer = await partner({ companyId: COMPANY, partnerId: 'dealer' }, ['orders.read'])
  const own = { kind: 'partner', partnerId: 'dealer', grants: new Map([['orders.read', 'partner']]) }
  expect(await hosted.verify(dealer.as().token)).toMatchObject(own)
})
