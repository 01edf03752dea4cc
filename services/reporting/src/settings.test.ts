import { expect, test } from 'vitest'
import { readReportingSettings } from './settings.ts'

test('how many rows a rebuild holds can be set, and nonsense is refused', () => {
  expect(readReportingSettings({})).toEqual({ rebuildRows: 50_000 })
  expect(readReportingSettings({ REPORTING_REBUILD_ROWS: '7' })).toEqual({ rebuildRows: 7 })
  expect(() => readReportingSettings({ REPORTING_REBUILD_ROWS: '0' })).toThrow('REPORTING_REBUILD_ROWS is "0"')
})
