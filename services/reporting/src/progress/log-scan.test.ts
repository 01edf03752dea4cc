import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { logged } from '../../test/facts.ts'
import { STORY } from '../../test/story.ts'
import { eventTime } from './event-time.ts'
import { logScan } from './log-scan.ts'

const events = logged(STORY)
const confirmed = events.find(({ type }) => type.endsWith('.OrderConfirmed'))!
const NOW = new Date('2026-03-10T04:00:00Z')

describe('the scan of a log', () => {
  test('knows nothing before it has read', () => {
    const scan = logScan(0n)
    expect([scan.asOf(), scan.holds(events[0]!.eventId), scan.safePosition()]).toEqual([undefined, undefined, 0n])
  })

  test('is as fresh as the oldest fact that is not in its row, and as now when all are', () => {
    const scan = logScan(0n)
    scan.read(events, NOW)
    expect(scan.asOf()).toEqual(events[0]!.recordedAt)
    expect(scan.safePosition()).toBe(0n)
    const [first, second, ...rest] = scan.awaited()
    scan.applied([first!.eventId, ...rest.map(({ eventId }) => eventId)])
    expect(scan.asOf()).toEqual(second!.recordedAt)
    expect(scan.safePosition()).toBe(second!.position - 1n)
    scan.applied([second!.eventId])
    expect(scan.asOf()).toEqual(NOW)
    expect(scan.safePosition()).toBe(BigInt(events.length))
  })

  test('is as fresh as the last fact that it has read while there are more', () => {
    const scan = logScan(0n)
    scan.read(events.slice(0, 3), undefined)
    scan.applied(scan.awaited().map(({ eventId }) => eventId))
    expect(scan.asOf()).toEqual(events[2]!.recordedAt)
  })

  test('an event that says nothing to any row is in when what was told with it is', () => {
    const scan = logScan(0n)
    const [created] = events.filter(({ aggregateId }) => aggregateId === confirmed.aggregateId)
    scan.read([created!, { ...confirmed, correlationId: created!.correlationId }], NOW)
    expect(scan.holds(confirmed.eventId)).toBe(false)
    scan.applied([created!.eventId])
    expect(scan.holds(confirmed.eventId)).toBe(true)
  })

  test('begins anew behind a position', () => {
    const scan = logScan(0n)
    scan.read(events, NOW)
    scan.restart(90n)
    expect([scan.position(), scan.awaited(), scan.safePosition()]).toEqual([90n, [], 90n])
  })
})

test('an id tells when it was made, if it is of a kind that does', () => {
  const id = newId()
  const age = Date.now() - (eventTime(id)?.getTime() ?? 0)
  expect(age).toBeGreaterThanOrEqual(0)
  expect(age).toBeLessThan(60_000)
  expect(eventTime('5f9c2a50-0000-4000-8000-000000000000')).toBeUndefined()
})
