import { expect, test } from 'vitest'
import { aCompany, PASSWORD, start } from './platform.ts'

test('many units, people and sign-ins at once: each is done, and none is refused for the others', async () => {
  const { hosted } = await start()
  const { unit, position, person, sessions, rootUnitId, headcounts, create } = await aCompany(hosted)
  const seller = await position('销售员')
  await headcounts.createHeadcountPlan({ orgUnitId: rootUnitId, positionId: seller, planned: 25 }, create())
  const units = await Promise.all(Array.from({ length: 20 }, (_, index) => unit(`第 ${index} 组`)))
  expect(new Set(units).size).toBe(20)
  const people = await Promise.all(
    Array.from({ length: 24 }, (_, index) => person(`第 ${index} 人`, { orgUnitId: rootUnitId, positionId: seller })),
  )
  expect(new Set(people).size).toBe(24)
  const credentials = { accountName: 'root', password: PASSWORD }
  const signedIn = await Promise.all(Array.from({ length: 16 }, () => sessions.createSession(credentials)))
  expect(new Set(signedIn.map(({ refreshToken }) => refreshToken)).size).toBe(16)
})
