import { expect, test } from 'vitest'
import { mostAtOnce } from './staffing.ts'

const span = (from: string, until?: string) => ({ from, ...(until && { until }) })

test.each([
  ['nobody', [], 0],
  ['two after each other take one seat', [span('2026-01-01', '2026-02-01'), span('2026-02-01', '2026-03-01')], 1],
  ['two at once take two', [span('2026-01-01', '2026-02-15'), span('2026-02-01')], 2],
  ['what ended before counts nothing', [span('2025-01-01', '2026-01-01')], 0],
])('R10: %s', (_, spans, seats) => expect(mostAtOnce(spans, span('2026-01-01'))).toBe(seats))
