import { conflict, unavailable } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { aFlow, TOPIC, words } from './flow.ts'
import { logged, waitFor } from './support.ts'

const AGGREGATES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

const published = async ({ bus }: Awaited<ReturnType<typeof aFlow>>): Promise<bigint> =>
  (await bus.extents([TOPIC])).reduce((sum, { low, high }) => sum + high - low, 0n)

test('what is stored arrives once, in the order of each aggregate', async () => {
  const flow = await aFlow()
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer()]
  await Promise.all(
    AGGREGATES.map(async (id) => {
      for (const word of words(0, 20)) await flow.tell(id, word)
      await flow.tell(id, ...words(20, 40))
    }),
  )
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  for (const id of AGGREGATES) expect(await flow.told(id)).toEqual(words(0, 40))
  expect(relay.state()).toMatchObject({ holdsLease: true, failures: 0, published: 320 })
  expect(await consumer.lag()).toBe(0n)
})

test('F2: a crash between the answer of the broker and the mark publishes again, and has one effect', async () => {
  const flow = await aFlow()
  let crashes = 3
  const relay = await flow.aRelay({
    failPoint: async () => {
      if (crashes-- > 0) throw new Error('killed')
    },
  })
  const consumer = await flow.aConsumer()
  await flow.tell('a', ...words(0, 10))
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(await published(flow)).toBe(40n)
  expect(await flow.told('a')).toEqual(words(0, 10))
})

test('F2: a broker that fails in the midst of a backlog, before or behind its answer, costs no event and no order', async () => {
  const flow = await aFlow()
  for (const id of AGGREGATES) for (let done = 0; done < 160; done += 20) await flow.tell(id, ...words(done, done + 20))
  let attempts = 0
  const flaky = {
    ...flow.bus,
    async publish(topic: string, messages: Parameters<typeof flow.bus.publish>[1]) {
      attempts++
      if (attempts === 2) throw new Error('gone')
      await flow.bus.publish(topic, messages)
      if (attempts === 4) throw new Error('gone with its answer')
    },
  }
  const [relay, consumer] = [await flow.aRelay({ bus: flaky }), await flow.aConsumer()]
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(attempts).toBeGreaterThan(4)
  for (const id of AGGREGATES) expect(await flow.told(id)).toEqual(words(0, 160))
  expect(relay.state().published).toBe(1_280)
  expect((await flow.owner.eventLog.read(0n, 2_000)).map(({ position }) => Number(position))).toEqual(
    Array.from({ length: 1_280 }, (_, index) => index + 1),
  )
})

test('F9: the whole topic again has no new effects', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  const before = await flow.aConsumer()
  for (const id of AGGREGATES) await flow.tell(id, ...words(0, 5))
  expect(await flow.quiet([relay], [before])).toBe(true)
  await before.stop()
  for (let partition = 0; partition < 12; partition++) {
    await flow.reader.inbox.moveTo('reporting.copies', { topic: TOPIC, partition, next: 0n })
  }
  let handled = 0
  const after = await flow.aConsumer({
    handled: (events) => {
      handled += events
    },
  })
  expect(await flow.quiet([relay], [after])).toBe(true)
  expect(handled).toBe(40)
  for (const id of AGGREGATES) expect(await flow.told(id)).toEqual(words(0, 5))
})

test('F16: an event that cannot be applied is parked with the later ones of its aggregate; others flow; replayed, all is well', async () => {
  const flow = await aFlow()
  let broken = true
  const parked: string[] = []
  const handler = flow.handler((word) => {
    if (broken && word === 'poison') throw new TypeError('a bug')
  })
  const relay = await flow.aRelay()
  const consumer = await flow.aConsumer({ handlers: [handler], parked: (_event, reason) => void parked.push(reason) })
  await flow.tell('a', 'one', 'poison', 'three')
  for (const id of AGGREGATES.slice(1)) await flow.tell(id, ...words(0, 5))
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  await flow.tell('a', 'four')
  expect(await flow.quiet([relay], [consumer])).toBe(true)

  expect(await flow.told('a')).toEqual(['one'])
  for (const id of AGGREGATES.slice(1)) expect(await flow.told(id)).toEqual(words(0, 5))
  const list = await flow.reader.inbox.parked.list('reporting.copies')
  expect(list.map(({ aggregateVersion, reason }) => [aggregateVersion, reason])).toEqual([
    [2, 'a bug'],
    [3, ''],
    [4, ''],
  ])
  expect(parked).toEqual(['a bug'])

  await expect(consumer.replay('a')).rejects.toThrow('a bug')
  expect(await flow.told('a')).toEqual(['one'])
  broken = false
  await consumer.replay('a')
  await flow.tell('a', 'five')
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(await flow.told('a')).toEqual(['one', 'poison', 'three', 'four', 'five'])
  expect(await flow.reader.inbox.parked.list('reporting.copies')).toEqual([])
})

test('a parked event tells why without what somebody entered', async () => {
  const flow = await aFlow()
  const told: string[] = []
  const handler = flow.handler(() => {
    throw conflict('phone_taken', { phone: '13800000000' })
  })
  const relay = await flow.aRelay()
  const consumer = await flow.aConsumer({ handlers: [handler], parked: (_event, reason) => void told.push(reason) })
  await flow.tell('a', 'one')
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  const list = await flow.reader.inbox.parked.list('reporting.copies')
  expect([...list.map(({ reason }) => reason), ...told]).toEqual(['phone_taken', 'phone_taken'])
})

test('F16: bytes that are no event, and headers that are none, are parked; what comes behind goes on', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  await flow.tell('a', 'one')
  await waitFor(async () => expect(await published(flow)).toBe(1n))
  const [event] = await flow.owner.eventLog.read(0n, 1)
  const headers = {
    ce_specversion: '1.0',
    ce_id: 'event-2',
    ce_type: event!.type,
    ce_source: 'orders',
    ce_subject: 'b',
    ce_time: new Date().toISOString(),
    aggregate_version: '0',
    company_id: event!.companyId,
    position: '2',
  }
  await flow.bus.publish(TOPIC, [
    { key: 'b', value: Buffer.from([0xff, 0xff, 0xff]), headers },
    { key: 'c', value: Buffer.from('hello'), headers: {} },
  ])
  for (const id of AGGREGATES) await flow.tell(id, 'later')
  const consumer = await flow.aConsumer()
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  const parked = await flow.reader.inbox.parked.list('reporting.copies')
  expect(parked.map(({ aggregateId, reason }) => [aggregateId, reason !== ''])).toEqual([
    ['b', true],
    ['b', false],
    ['c', true],
    ['c', false],
  ])
  expect(parked.find(({ aggregateId }) => aggregateId === 'c')).toMatchObject({
    reason: 'the header ce_specversion is missing',
  })
  expect(await flow.told('a')).toEqual(['one', 'later'])
  expect(await flow.told('d')).toEqual(['later'])

  // What never was an event is not taken off as if it had been applied; given up, it lets the others go on.
  await expect(consumer.replay('c')).rejects.toMatchObject({ code: 'parked_event_unreadable' })
  const [hello] = (await flow.reader.inbox.parked.list('reporting.copies')).filter(
    ({ aggregateId }) => aggregateId === 'c',
  )
  await flow.reader.inbox.parked.drop('reporting.copies', hello!.eventId)
  await consumer.replay('c')
  expect(await flow.told('c')).toEqual(['later'])
})

test('a fault that may heal is tried again until it has, and parks nothing', async () => {
  const flow = await aFlow()
  let faults = 3
  const handler = flow.handler((word) => {
    if (word === 'w2' && faults-- > 0) throw unavailable('customers_unavailable', 1)
  })
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer({ handlers: [handler] })]
  await flow.tell('a', ...words(0, 5))
  await waitFor(() => expect(consumer.state()).toMatchObject({ retrying: 1, healthy: true }))
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(faults).toBe(-1)
  expect(await flow.told('a')).toEqual(words(0, 5))
  expect(await flow.reader.inbox.parked.list('reporting.copies')).toEqual([])
  expect(logged.filter(({ level, message }) => level === 'error' && message.includes('trying again'))).not.toEqual([])
})

test('events that concern nobody are passed over, and their offsets stored all the same', async () => {
  const flow = await aFlow()
  const [relay, consumer] = [await flow.aRelay(), await flow.aConsumer()]
  await flow.tell('a', 'one', 1n, 2n, 'two')
  await flow.tell('b', 3n, 4n)
  expect(await flow.quiet([relay], [consumer])).toBe(true)
  expect(await flow.told('a')).toEqual(['one', 'two'])
  await consumer.stop()
  const next = (key: string) => flow.reader.inbox.nextOffset('reporting.copies', TOPIC, flow.bus.partitionOf(key, 12))
  expect(await next('b')).toBe(
    (await flow.bus.extents([TOPIC])).find(({ partition }) => partition === flow.bus.partitionOf('b', 12))?.high,
  )
})

test('one relay publishes; when it goes, the next takes over at once', async () => {
  const flow = await aFlow()
  const first = await flow.aRelay()
  await waitFor(() => expect(first.state().holdsLease).toBe(true))
  const second = await flow.aRelay({ leaseMs: 400 })
  await flow.tell('a', ...words(0, 5))
  await waitFor(async () => expect(await second.idle()).toBe(true))
  expect([first.state().published, second.state().published]).toEqual([5, 0])
  await first.stop()
  await waitFor(() => expect(second.state().holdsLease).toBe(true))
  await flow.tell('a', ...words(5, 10))
  await waitFor(async () => expect(await second.idle()).toBe(true))
  expect(second.state().published).toBe(5)
})

test('a stop publishes what is there first', async () => {
  const flow = await aFlow()
  const relay = await flow.aRelay()
  await waitFor(() => expect(relay.state().holdsLease).toBe(true))
  await Promise.all(AGGREGATES.map((id) => flow.tell(id, ...words(0, 50))))
  await relay.stop()
  expect(await relay.idle()).toBe(true)
  expect(relay.state()).toMatchObject({ holdsLease: false, published: 400 })
})
