import { expect, test } from 'vitest'
import { movedPath } from './reorganize.ts'

test('what hangs below a unit that moved keeps its way down from there', () => {
  const record = { ownerId: 'o', unitId: 'team', orgPath: ['root', 'east', 'office', 'team'] }
  expect(movedPath(record, 'office', ['root', 'south', 'office'])).toEqual({
    ownerId: 'o',
    unitId: 'team',
    orgPath: ['root', 'south', 'office', 'team'],
  })
  expect(movedPath(record, 'team', ['root', 'team']).orgPath).toEqual(['root', 'team'])
})
