import { expect, test } from 'vitest'
import { messageOf } from '../src/headers.ts'
import { aFlow, TOPIC, words } from './flow.ts'
import { logged, waitFor } from './support.ts'

const AGGREGATES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

type Flow = Awaited<ReturnType<typeof aFlow>>

const tellAll = async (flow: Flow, from: number, to: number): Promise<void> => {
  for (const id of AGGREGATES) await flow.tell(id, ...words(from, to))
}

const expectAll = async (flow: Flow, to: number): Promise<void> => {
  for (const id of AGGREGATES) expect(await flow.told(id)).toEqual(words(0, to))
}

/** A broker whose copy lacks the words from 5 to 8, which it had acknowledged. */
const aForgetful = async () => {
  const flow = await aFlow()
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer()]
  await tellAll(flow, 0, 5)
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  const older = await flow.broker.keep()
  return { flow, relay, consumer, older, published: () => waitFor(async () => expect(await relay.idle()).toBe(true)) }
}

test('F15: a tail that the broker acknowledged and forgot, with nothing after it, is taken from the log of its owner', async () => {
  const { flow, relay, consumer, older, published } = await aForgetful()
  await consumer.stop()
  await tellAll(flow, 5, 8)
  await published()
  await flow.broker.stop()
  await flow.broker.comeBackWith(older)
  const after = await flow.aConsumer()
  expect(await flow.quiet([relay], [after])).toBe(true)
  await expectAll(flow, 8)
  expect(after.state()).toMatchObject({ healthy: true, gaps: 0, found: { events: 24 } })
  expect(logged.find(({ level, message }) => level === 'error' && message.includes('stands still'))).toBeDefined()
})

test('F15: a forgotten tail whose offsets hold later events is taken from the log before these', async () => {
  const { flow, relay, consumer, older, published } = await aForgetful()
  await consumer.stop()
  await tellAll(flow, 5, 8)
  await published()
  await relay.stop()
  await flow.broker.stop()
  await flow.broker.comeBackWith(older)
  const again = await flow.aRelay()
  await tellAll(flow, 8, 14)
  await waitFor(async () => expect(await again.idle()).toBe(true))
  const after = await flow.aConsumer()
  expect(await flow.quiet([again], [after])).toBe(true)
  await expectAll(flow, 14)
  expect(after.state().found.gaps).toBeGreaterThan(0)
})

test('F15: a broker that goes back while consumers run loses them nothing, once and in order', async () => {
  const { flow, relay, consumer, older, published } = await aForgetful()
  await tellAll(flow, 5, 8)
  await published()
  await flow.broker.stop()
  await flow.broker.comeBackWith(older)
  await tellAll(flow, 8, 10)
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  await expectAll(flow, 10)
})

test('F15: a broker emptied behind a group that never read gives it everything from the log', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  await tellAll(flow, 0, 5)
  await waitFor(async () => expect(await relay.idle()).toBe(true))
  await flow.broker.stop()
  await flow.broker.comeBackEmpty()
  const consumer = await flow.aConsumer()
  await flow.tell('a', 'w5')
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(await flow.told('a')).toEqual(words(0, 6))
  for (const id of AGGREGATES.slice(1)) expect(await flow.told(id)).toEqual(words(0, 5))
})

test('events that only concern other groups are no gap after a restart', async () => {
  const flow = await aFlow()
  const [relay, first] = [await flow.aRelay(), await flow.aConsumer()]
  for (const id of AGGREGATES) await flow.tell(id, 'w0', 1n, 2n)
  expect(await flow.quiet([relay], [first])).toBe(true)
  await first.stop()
  const second = await flow.aConsumer()
  for (const id of AGGREGATES) await flow.tell(id, 3n, 'w1')
  expect(await flow.quiet([relay], [second])).toBe(true)
  await expectAll(flow, 2)
  expect(second.state().found).toEqual({ gaps: 0, events: 0 })
})

test('F28: messages beyond the end of their owner’s log, which was put back, have no effect', async () => {
  const flow = await aFlow()
  const [relay, first] = [await flow.aRelay(), await flow.aConsumer()]
  await tellAll(flow, 0, 2)
  expect(await flow.quiet([relay], [first])).toBe(true)
  await first.stop()
  const [last] = await flow.owner.eventLog.read(15n, 1)
  const { eventId, ...rest } = last!
  const unknown = { ...rest, eventId: eventId.replace(/.$/, 'f'), aggregateVersion: 3, position: 17n }
  await flow.bus.publish(TOPIC, [messageOf(unknown, 16n)])
  const second = await flow.aConsumer()
  await waitFor(async () => expect(await second.caughtUp()).toBe(true))
  await tellAll(flow, 2, 4)
  expect(await flow.quiet([relay], [second])).toBe(true)
  await expectAll(flow, 4)
  expect(logged.find(({ message }) => message.includes('the log of its owner ends before it'))).toBeDefined()
})
