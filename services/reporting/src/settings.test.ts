import { expect, test } from 'vitest'
import { rebuildRows } from './settings.ts'

test('how many rows a rebuild holds can be set, and nonsense is refused', () => {
  expect(rebuildRows({})).toBe(50_000)
  expect(rebuildRows({ REPORTING_REBUILD_ROWS: '7' })).toBe(7)
  expect(() => rebuildRows({ REPORTING_REBUILD_ROWS: '0' })).toThrow('REPORTING_REBUILD_ROWS is "0"')
})
