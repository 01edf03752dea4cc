import { expect, test, vi } from 'vitest'
import { newcomer } from './newcomer.ts'
import { otlpReceiver, type Span } from './otlp-receiver.ts'
import { aFolder, runningWith } from './programs.ts'

/** The edge, the service that takes the order, and one that hears of it by its event. */
const TAKING_PART = ['gateway', 'orders', 'reporting']

test('one trace leads from the request through every service that takes part, with their names and the route', async () => {
  const { spans, endpoint } = await otlpReceiver()
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '200' }
  const data = aFolder()
  const fleet = await runningWith(variables, 'processes/main.ts', '--data', data, '--port', '0', '--empty')
  const somebody = newcomer(fleet.address, data)
  await somebody.setUp()
  await somebody.order()

  const intake = await vi.waitFor(
    () => {
      const span = spans.find(({ name }) => name === 'POST /v1/orders')
      expect(span).toMatchObject({ service: 'gateway', route: '/v1/orders' })
      return span as Span
    },
    { timeout: 20_000 },
  )
  const traceOf = () => spans.filter(({ traceId }) => traceId === intake.traceId)
  await vi.waitFor(() => expect(traceOf().map(({ service }) => service)).toEqual(expect.arrayContaining(TAKING_PART)), {
    timeout: 20_000,
  })
  expect(traceOf()).toContainEqual(
    expect.objectContaining({ service: 'orders', name: 'saleswright.orders.v1.OrderService.CreateOrder' }),
  )
  expect(spans.filter(({ service }) => service.startsWith('unknown'))).toEqual([])
  expect(await fleet.end('SIGTERM')).toMatchObject({ code: 0 })
})
