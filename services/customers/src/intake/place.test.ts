import { expect, test } from 'vitest'
import { isAt } from './place.ts'

test('a record is where it is by its owner, its unit and the whole way down', () => {
  const place = { ownerId: 'p', unitId: 'u', orgPath: ['r', 'u'] }
  expect(isAt({ ...place, orgPath: [...place.orgPath] }, place)).toBe(true)
  for (const other of [{ ownerId: 'q' }, { unitId: 'v' }, { orgPath: ['r', 'x', 'u'] }]) {
    expect(isAt(place, { ...place, ...other })).toBe(false)
  }
})
