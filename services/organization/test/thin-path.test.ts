import { DirectoryService } from '@saleswright/contracts/saleswright/organization/v1/directory_pb.ts'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aCompany, signedIn, start } from './platform.ts'

test('from the setup to a person who signs in, and whom other services find', async () => {
  const { hosted } = await start()
  const { companyId, rootUnitId, token, sessions, unit, role, position, person } = await aCompany(hosted)
  expect(await sessions.getMe({}, { token })).toMatchObject({ accountName: 'root', companyId, unitId: rootUnitId })

  const team = await unit('华东一组')
  const selling = await role('销售', 'orders.read@subtree', 'orders.write@self')
  const salesperson = await position('销售员', [selling])
  const personId = await person('李雷', { orgUnitId: team, positionId: salesperson }, 'lilei')

  const own = await signedIn({ sessions }, 'LiLei')
  expect(await sessions.getMe({}, { token: own })).toMatchObject({
    personId,
    unitId: team,
    grants: ['orders.read@subtree', 'orders.write@self', 'session@self'],
  })

  const directory = client(DirectoryService, hosted.transportOf(DirectoryService), hosted.tokenOf('orders'))
  expect(await directory.lookUpPerson({ companyId, personId })).toMatchObject({
    displayName: '李雷',
    places: [{ orgUnitId: team, orgPath: [rootUnitId, team], positionId: salesperson, from: '2026-01-01' }],
  })
  expect(await directory.lookUpCompany({ companyId })).toMatchObject({ currencyCode: 'CNY', timeZone: 'Asia/Shanghai' })
})
