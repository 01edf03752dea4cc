import { KeyService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import { client } from '@saleswright/rpc'
import { expect, test } from 'vitest'
import { aClock, aCompany, signedIn, start } from './platform.ts'

const open = async (from: string) => {
  const time = aClock(new Date(from))
  const { hosted } = await start([], { clock: time.clock })
  const company = await aCompany(hosted)
  // The first look of a job is where it begins.
  await hosted.doDueJobs()
  return { hosted, time, ...company }
}

test('a planned transfer moves the row of its person on its day', async () => {
  const { hosted, time, unit, position, person, people, sessions, create, token } = await open('2026-03-02T02:00:00Z')
  const [east, west] = [await unit('华东'), await unit('华西')]
  const seller = await position('销售员')
  const personId = await person('李雷', { orgUnitId: east, positionId: seller })
  await people.transferPerson(
    { personId, assignment: { orgUnitId: west, positionId: seller, from: '2026-03-03' } },
    create(),
  )
  const inUnit = async (orgUnitId: string) => (await people.listPeople({ orgUnitId }, { token })).people.length
  expect([await inUnit(east), await inUnit(west)]).toEqual([1, 0])
  // Midnight in Shanghai is 16:00 UTC.
  time.pass(14 * 3600 + 300)
  await hosted.doDueJobs()
  const later = await people.listPeople({ orgUnitId: west }, { token: await signedIn({ sessions }, 'root') })
  expect(later.people).toMatchObject([{ personId }])
})

test('a new signing key comes every month', async () => {
  const { hosted, time } = await open('2026-03-31T12:00:00Z')
  const keys = client(KeyService, hosted.transportOf(KeyService))
  expect((await keys.getJwks({})).keys).toHaveLength(1)
  time.pass(16 * 3600)
  await hosted.doDueJobs()
  expect((await keys.getJwks({})).keys).toHaveLength(2)
})
