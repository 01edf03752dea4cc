import { EventLogService } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { ServiceOperationsService } from '@saleswright/contracts/saleswright/api/v1/operations_pb.ts'
import { newId } from '@saleswright/kernel'
import { client, healthState, listen } from '@saleswright/rpc'
import { expect, onTestFinished, test, vi } from 'vitest'
import { remoteLog } from '../src/event-log-rpc.ts'
import { startEngines } from './engines.ts'
import { COMPANY, PERSON, tiny } from './tiny-platform.ts'

test('a command reaches every reaction, and what these tell reaches the next', async () => {
  const { create, titles, organization, customers, reporting } = tiny()
  const { host } = await startEngines()
  const hosted = await host([reporting, customers, organization])
  await Promise.all(['clerk', 'driver'].map((title) => create(hosted, title)))
  await hosted.drained()
  expect(await titles()).toEqual(['customer clerk', 'customer driver', 'position clerk', 'position driver'])
})

test('a host that comes back goes on where it was, and nothing is done twice', async () => {
  const { create, titles, organization, customers, reporting } = tiny()
  const { host } = await startEngines()
  const first = await host([organization])
  await create(first, 'before')
  await first.stop()
  const second = await host([organization, customers, reporting])
  await create(second, 'between')
  await second.drained()
  await second.stop()
  const third = await host([organization, customers, reporting])
  await create(third, 'after')
  await third.drained()
  expect(await titles()).toEqual(
    ['customer', 'position'].flatMap((what) => ['after', 'before', 'between'].map((title) => `${what} ${title}`)),
  )
})

test('what was published and not marked is published again, and applied once', async () => {
  const { create, titles, organization, customers, reporting } = tiny()
  const { host } = await startEngines()
  const points: string[] = []
  const hosted = await host([organization, customers, reporting], {
    failPoint: async (context, name) => {
      if (name !== 'relay.published') return
      points.push(context)
      if (points.length === 1) throw new Error('the process ends here')
    },
  })
  await create(hosted, 'clerk')
  await hosted.drained()
  expect(points.filter((point) => point === 'organization')).toHaveLength(2)
  expect(await titles()).toEqual(['customer clerk', 'position clerk'])
})

test('an event that cannot be applied is parked, those of others go on, and operators replay or drop it', async () => {
  let broken = true
  const { create, titles, token, organization, customers, reporting } = tiny((title) => {
    if (broken && title.startsWith('poison')) throw new Error('cannot be swallowed')
  })
  const { host } = await startEngines()
  const hosted = await host([organization, customers, reporting])
  for (const title of ['poison one', 'poison two', 'fine']) await create(hosted, title)
  await hosted.drained()
  expect(await titles()).not.toContain('customer poison one')
  expect(await titles()).toContain('customer fine')

  const operations = client(ServiceOperationsService, hosted.transportTo('customers'), hosted.tokenOf('reporting'))
  const whose = { context: 'customers', companyId: COMPANY }
  const { parkedEvents } = await operations.listParked({ ...whose, limit: 10 })
  expect(parkedEvents).toMatchObject([
    { consumer: 'customers.positions', error: 'cannot be swallowed', firstOfKey: true },
    { consumer: 'customers.positions', firstOfKey: true },
  ])
  const firstPage = await operations.listParked({ ...whose, limit: 1 })
  expect(firstPage).toMatchObject({ parkedEvents: [parkedEvents[0]], totalSize: 2 })
  const secondPage = await operations.listParked({ ...whose, limit: 1, afterId: firstPage.nextId })
  expect(secondPage).toMatchObject({ parkedEvents: [parkedEvents[1]], nextId: '' })
  const [one, two] = parkedEvents.map(({ parkedEventId }) => parkedEventId)
  await expect(operations.replayParked({ ...whose, parkedEventId: one! })).rejects.toThrow()
  broken = false
  await operations.replayParked({ ...whose, parkedEventId: one! })
  await operations.dropParked({ ...whose, parkedEventId: two!, reason: 'a test', actorId: PERSON })
  await hosted.drained()
  expect(await hosted.parkedOf('customers').list(COMPANY)).toEqual([])
  const behindWhatIsGone = operations.listParked({ ...whose, afterId: firstPage.nextId })
  await expect(behindWhatIsGone).rejects.toMatchObject({ code: 'page_token_mismatch' })
  expect(await titles()).toContain('customer poison one')
  expect(await titles()).not.toContain('customer poison two')

  const asPerson = operations.listParked({ context: 'customers' }, { token: await token() })
  await expect(asPerson).rejects.toMatchObject({ code: 'services_only' })
  await expect(operations.listParked({ context: 'orders' })).rejects.toMatchObject({ code: 'context_not_found' })
})

test('a parked event is there for its own company alone', async () => {
  let broken = true
  const { create, titles, organization, customers, reporting } = tiny(() => {
    if (broken) throw new Error('cannot be swallowed')
  })
  const { host } = await startEngines()
  const hosted = await host([organization, customers, reporting])
  await create(hosted, 'clerk')
  await hosted.drained()
  broken = false
  const operations = client(ServiceOperationsService, hosted.transportTo('customers'), hosted.tokenOf('reporting'))
  const { parkedEvents } = await operations.listParked({ context: 'customers', companyId: COMPANY })
  const parkedEventId = parkedEvents[0]!.parkedEventId
  for (const companyId of [newId(), '']) {
    const whose = { context: 'customers', companyId }
    expect(await operations.listParked(whose)).toMatchObject({ parkedEvents: [], totalSize: 0 })
    for (const refused of [
      operations.replayParked({ ...whose, parkedEventId }),
      operations.dropParked({ ...whose, parkedEventId, reason: 'not mine', actorId: PERSON }),
    ])
      await expect(refused).rejects.toMatchObject({ kind: 'not_found', code: 'parked_event_not_found' })
  }
  expect(await titles()).toEqual(['position clerk'])
  await operations.replayParked({ context: 'customers', companyId: COMPANY, parkedEventId })
  await hosted.drained()
  expect(await titles()).toEqual(['customer clerk', 'position clerk'])
})

test('the chain of a record is verified for its own company alone', async () => {
  const { create, organization } = tiny()
  const { host } = await startEngines()
  const hosted = await host([organization])
  const { positionId: aggregateId } = await create(hosted, 'clerk')
  const operations = client(
    ServiceOperationsService,
    hosted.transportTo('organization'),
    hosted.tokenOf('organization'),
  )
  const verdict = (companyId: string, id: string) =>
    operations.verifyChain({ context: 'organization', companyId, aggregateId: id })
  expect(await verdict(COMPANY, aggregateId)).toMatchObject({ intact: true })
  for (const [companyId, id] of [
    [newId(), aggregateId],
    ['', aggregateId],
    [COMPANY, newId()],
  ] as const)
    await expect(verdict(companyId, id)).rejects.toMatchObject({ kind: 'not_found', code: 'record_not_found' })
})

test('F6: a session that was ended is refused everywhere at once, without a broker, and by whoever starts later', async () => {
  const { create, token, organization, customers, reporting } = tiny()
  const { host, withoutBroker } = await startEngines()
  const bus = withoutBroker()
  const home = await host([organization], { bus })
  const server = await listen(home.dispatcher, '127.0.0.1:0', healthState(true))
  onTestFinished(() => server.stop())
  const remote = { organization: server.address }
  const away = await host([customers], { bus, remote })
  const mine = await token()
  await create(home, 'clerk', mine)
  expect(await away.verify(mine)).toMatchObject({ kind: 'staff' })
  await create(home, 'out', mine)
  for (const { verify } of [home, away])
    await vi.waitFor(() => expect(verify(mine)).rejects.toMatchObject({ code: 'session_revoked' }), { timeout: 5_000 })
  const later = await host([reporting], { bus, remote })
  await expect(later.verify(mine)).rejects.toMatchObject({ code: 'session_revoked' })
})

test('services in two processes: tokens, keys and events go over gRPC and the bus', async () => {
  const { create, titles, organization, customers, reporting } = tiny()
  const { host } = await startEngines()
  const home = await host([organization])
  const server = await listen(home.dispatcher, '127.0.0.1:0', healthState(true))
  onTestFinished(() => server.stop())
  const away = await host([customers, reporting], { remote: { organization: server.address } })
  await create(away, 'clerk')
  await home.drained()
  await vi.waitFor(async () => expect(await titles()).toEqual(['customer clerk', 'position clerk']), {
    timeout: 20_000,
  })
  const operations = client(ServiceOperationsService, away.transportTo('customers'), away.tokenOf('customers'))
  expect(await operations.listParked({ context: 'customers' })).toMatchObject({ parkedEvents: [] })
  const log = client(EventLogService, away.transportTo('organization'), away.tokenOf('customers'))
  const facts = remoteLog(log, 'organization')
  expect(await facts.read(0n, 10)).toMatchObject([
    { type: 'saleswright.organization.v1.PositionChanged', position: 1n, aggregateVersion: 1, companyId: COMPANY },
  ])
  expect(await facts.read(1n, 10)).toEqual([])
  const { numbered, sent, ends } = await facts.published()
  expect([numbered, sent, ...ends.values()].filter((position) => position !== 0n)).toEqual([1n, 1n, 1n])
})

test('a replica that stores events wakes the one that publishes them', async () => {
  const { create, organization } = tiny()
  const { host, socket } = await startEngines()
  const address = `unix:${socket('first.sock')}`
  const first = await host([organization], { address })
  const server = await listen(first.dispatcher, address, healthState(true))
  onTestFinished(() => server.stop())
  await create(first, 'to take the lease')
  await first.drained()
  const second = await host([organization])
  await create(second, 'clerk')
  await second.drained()
  const woken = /saleswright_rpc_seconds_count\{method="saleswright.api.v1.EventLogService.WakeRelay",code="ok"\} 1/
  await vi.waitFor(async () => expect(await first.metrics.registry.metrics()).toMatch(woken), { timeout: 20_000 })
})

test('an unhosted service without an address is unavailable, not a riddle', async () => {
  const { create, customers } = tiny()
  const { host } = await startEngines()
  const hosted = await host([customers])
  await expect(create(hosted, 'clerk')).rejects.toMatchObject({ code: 'service_unavailable' })
})

test('a host measures calls, unsent events, lag and parked events', async () => {
  const { create, organization, customers, reporting } = tiny()
  const { host } = await startEngines()
  const hosted = await host([organization, customers, reporting])
  await create(hosted, 'clerk')
  await hosted.drained()
  const text = await hosted.metrics.registry.metrics()
  const method = 'saleswright.organization.v1.PositionService.CreatePosition'
  expect(text).toContain(`saleswright_rpc_seconds_count{method="${method}",code="ok"} 1`)
  expect(text).toContain('saleswright_oldest_unsent_event_seconds{context="organization"} 0')
  expect(text).toContain('saleswright_consumer_lag_events{group="customers.positions"} 0')
  for (const gap of ['gaps', 'gaps_total', 'caught_up_events_total'])
    expect(text).toContain(`saleswright_consumer_${gap}{group="customers.positions"} 0`)
  expect(text).toContain('saleswright_parked_events{group="reporting.rows"} 0')
})
