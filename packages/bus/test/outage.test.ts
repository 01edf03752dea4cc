import { expect, onTestFinished, test, vi } from 'vitest'
import { aFlow, TOPIC, words } from './flow.ts'
import { logged, waitFor } from './support.ts'

const AGGREGATES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const MONTH_AND_A_DAY_MS = 31 * 24 * 3_600_000

type Flow = Awaited<ReturnType<typeof aFlow>>

const tellAll = async (flow: Flow, from: number, to: number): Promise<void> => {
  for (const id of AGGREGATES) await flow.tell(id, ...words(from, to))
}

const expectAll = async (flow: Flow, to: number): Promise<void> => {
  for (const id of AGGREGATES) expect(await flow.told(id)).toEqual(words(0, to))
}

test('F6: while the broker is away facts are stored, the log says so, and all arrive in order when it is back', async () => {
  const flow = await aFlow()
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer()]
  await tellAll(flow, 0, 5)
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  await flow.broker.stop()
  await tellAll(flow, 5, 10)
  await waitFor(() => expect(relay.state().failures).toBeGreaterThan(0))
  expect(await relay.idle()).toBe(false)
  await tellAll(flow, 10, 15)
  await flow.broker.comeBack()
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  await expectAll(flow, 15)
  expect(relay.state()).toMatchObject({ failures: 0, lastError: undefined })
  expect(consumer.state()).toMatchObject({ healthy: true, gaps: 0, retrying: 0 })
})

test('F6: without a broker relay and consumer start and stop all the same, and lose nothing', async () => {
  const flow = await aFlow()
  await flow.broker.stop()
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer()]
  await tellAll(flow, 0, 5)
  await waitFor(() => expect(relay.state().failures).toBeGreaterThan(0))
  expect(consumer.state()).toMatchObject({ connected: false, healthy: false })
  await Promise.all([relay.stop(), consumer.stop()])
  await flow.broker.comeBack()
  const again = { relay: await flow.aRelay(), consumer: await flow.aConsumer() }
  expect(await flow.quiet([again.relay], [again.consumer])).toBe(true)
  await expectAll(flow, 5)
})

test('F15: what a broker lost is caught up from the log of the owner, once and in order', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  const before = await flow.aConsumer()
  await tellAll(flow, 0, 5)
  expect(await flow.quiet([relay], [before])).toBe(true)
  await before.stop()
  await tellAll(flow, 5, 8)
  await waitFor(async () => expect(await relay.idle()).toBe(true))
  await flow.broker.stop()
  await flow.broker.comeBackEmpty()
  await waitFor(() => flow.bus.ensure([TOPIC]))

  const asked: bigint[] = []
  let answers = false
  const after = await flow.aConsumer({
    owners: {
      published: () => flow.owner.eventLog.published(),
      async readEvents(context, position, limit) {
        expect(context).toBe('orders')
        if (!answers) throw new Error('the owner does not answer')
        asked.push(position)
        return flow.owner.eventLog.read(position, limit)
      },
    },
  })
  await waitFor(() => expect(after.state().gaps).toBeGreaterThan(0))
  expect(after.state().healthy).toBe(false)
  expect(await after.caughtUp()).toBe(false)
  expect(logged.find(({ level, message }) => level === 'error' && message.includes('stands still'))).toBeDefined()
  answers = true
  await tellAll(flow, 8, 10)
  expect(await flow.quiet([relay], [after])).toBe(true)
  await expectAll(flow, 10)
  expect(after.state()).toMatchObject({ healthy: true, gaps: 0 })
  expect(Math.min(...asked.map(Number))).toBeGreaterThan(0)
})

test('F15: what the bus dropped before it was read is caught up, and the rest is read from the bus', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  vi.setSystemTime(Date.now() - MONTH_AND_A_DAY_MS)
  onTestFinished(() => void vi.useRealTimers())
  await tellAll(flow, 0, 5)
  await waitFor(async () => expect(await relay.idle()).toBe(true))
  vi.useRealTimers()
  const used = [...new Set(AGGREGATES.map((id) => flow.bus.partitionOf(id, 12)))]
  await waitFor(async () => {
    const extents = await flow.bus.extents([TOPIC])
    for (const partition of used) expect(extents.find((one) => one.partition === partition)?.low).toBeGreaterThan(0n)
  })
  for (const partition of used)
    await flow.reader.inbox.moveTo('reporting.copies', { topic: TOPIC, partition, next: 0n })
  await tellAll(flow, 5, 8)
  const consumer = await flow.aConsumer()
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  await expectAll(flow, 8)
})
