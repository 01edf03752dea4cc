import { expect, test } from 'vitest'
import type { Arrived } from './bus.ts'
import type { StoredEvent } from './event.ts'
import { eventOf, linkOf, messageOf, Unreadable, unreadableEvent } from './headers.ts'

const event: StoredEvent = {
  eventId: '0198a0c2-0000-7000-8000-000000000001',
  type: 'saleswright.orders.v1.OrderReleased',
  source: 'orders',
  companyId: '0198a0c2-0000-7000-8000-00000000000c',
  aggregateId: '0198a0c2-0000-7000-8000-00000000000a',
  aggregateVersion: 3,
  recordedAt: new Date('2017-03-01T08:00:00.123Z'),
  actorId: '0198a0c2-0000-7000-8000-00000000000b',
  correlationId: 'request-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  position: 9_007_199_254_740_993n,
  data: new Uint8Array([8, 1]),
}
const where = { topic: 'saleswright.orders.v1', partition: 4, offset: 17n }
const arrived = (changes: Record<string, string | undefined> = {}): Arrived => {
  const { key, value, headers } = messageOf(event, 7n)
  const all: Record<string, string | undefined> = { ...headers, ...changes }
  return { key, value, header: (name) => all[name], ...where }
}

test('an event that travels arrives as it was, with where it came from', () => {
  expect(eventOf(arrived())).toEqual({ ...event, ...where })
  const { traceparent: _, ...untraced } = event
  expect(eventOf(arrived({ traceparent: undefined }))).toEqual({ ...untraced, ...where })
})

test('the headers are those of CloudEvents', () => {
  expect(messageOf(event, 7n)).toMatchObject({
    key: event.aggregateId,
    headers: {
      ce_specversion: '1.0',
      ce_id: event.eventId,
      ce_type: event.type,
      ce_source: 'orders',
      ce_subject: event.aggregateId,
      ce_time: '2017-03-01T08:00:00.123Z',
    },
  })
})

test.each([
  [{ ce_id: undefined }, 'ce_id is missing'],
  [{ ce_specversion: '2.0' }, 'ce_specversion is not 1.0'],
  [{ aggregate_version: 'many' }, 'aggregate_version is not a number'],
  [{ position: '-1' }, 'position is not a number'],
  [{ ce_time: 'yesterday' }, 'ce_time is not a time'],
])('headers %o are unreadable', (changes, reason) => {
  const read = () => eventOf(arrived(changes))
  expect(read).toThrow(Unreadable)
  expect(read).toThrow(reason)
})

test('a message names its position and that of the one before it in its partition', () => {
  expect(linkOf(arrived())).toEqual({ position: event.position, previous: 7n })
  expect(linkOf(arrived({ previous_position: undefined }))).toBeUndefined()
  expect(linkOf(arrived({ previous_position: '-7' }))).toBeUndefined()
})

test('an unreadable message has the same id whenever it comes, and keeps its key and bytes', () => {
  const message = { ...arrived(), header: () => undefined }
  expect(unreadableEvent(message)).toEqual(unreadableEvent(message))
  expect(unreadableEvent(message)).toMatchObject({ aggregateId: event.aggregateId, data: event.data, ...where })
  expect(unreadableEvent({ ...message, offset: 18n }).eventId).not.toBe(unreadableEvent(message).eventId)
})
