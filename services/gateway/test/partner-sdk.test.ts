import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { type PartnerOptions, partnerClient } from '@saleswright/partner-sdk'
import { expect, test } from 'vitest'
import { aCompany } from './company.ts'
import { aDealer, someGoods } from './dealers.ts'
import { startPlatform } from './platform.ts'

const platform = await startPlatform()
const { http } = await platform.open()
const { root } = await aCompany(http)
const { sku, productId } = await someGoods(http, root)
const dealer = await aDealer(http, { root }, '甲')
const { customerId } = dealer
const lines = [{ sku, quantity: '2' }]

const clientOf = (world: PartnerOptions['world'] = {}, baseUrl = http.address) =>
  partnerClient({ ...dealer.credentials, baseUrl, world: { now: () => platform.clock.now().getTime(), ...world } })
const client = clientOf()

test('an order is made, read, found and cancelled', async () => {
  const order = await client.orders.createOrder({ customerId, lines, externalOrderNo: 'SDK-1' })
  expect(order).toMatchObject({
    status: Order_Status.AWAITING_FUNDS,
    net: { amount: '200.00' },
    createdAt: expect.anything(),
  })
  expect(await client.orders.getOrder({ orderId: order.orderId })).toEqual(order)
  expect(await client.orders.listOrders({ q: order.orderNo }).all()).toMatchObject([{ orderId: order.orderId }])
  const cancelled = await client.orders.cancelOrder({ orderId: order.orderId, reason: '下错了', etag: order.etag })
  expect(cancelled.status).toBe(Order_Status.CANCELLED)
  expect(await client.products.getProduct({ productId })).toMatchObject({ sku })
})

test('every resource that partners have can be listed', async () => {
  for (const list of [
    client.customers.listCustomers,
    client.products.listProducts,
    client.orders.listOrders,
    client.shipments.listShipments,
    client.paymentRequests.listPaymentRequests,
    client.receivables.listReceivables,
    client.payments.listPayments,
  ])
    expect(Array.isArray(await list({ withTotal: true }).all())).toBe(true)
})

test('pages are gone through to the end', async () => {
  for (let made = 0; made < 5; made += 1) await client.orders.createOrder({ customerId, lines })
  const all = await client.orders.listOrders({ pageSize: 200 }).all()
  const byTwo = await client.orders.listOrders({ pageSize: 2 }).all()
  expect(byTwo.map(({ orderId }) => orderId)).toEqual(all.map(({ orderId }) => orderId))
  expect(new Set(byTwo.map(({ orderId }) => orderId)).size).toBeGreaterThanOrEqual(5)
})

test('an answer that is lost is asked for again, and there is one order', async () => {
  let lost = 0
  const losing = async (...args: Parameters<typeof fetch>) => {
    const response = await fetch(...args)
    if (args[1]?.method !== 'POST' || response.status !== 201 || lost > 1) return response
    lost += 1
    await response.text()
    throw new TypeError('the line went dead behind the request')
  }
  const facts: boolean[] = []
  const unlucky = clientOf({ fetch: losing, random: () => 0 })
  const externalOrderNo = newId()
  const order = await unlucky.orders.createOrder(
    { customerId, lines, externalOrderNo },
    { onAnswer: ({ replayed }) => facts.push(replayed) },
  )
  expect([lost, facts]).toEqual([2, [true]])
  const same = (await client.orders.listOrders().all()).filter((one) => one.externalOrderNo === externalOrderNo)
  expect(same.map(({ orderId }) => orderId)).toEqual([order.orderId])
})

test('a refusal is an error that can be acted on', async () => {
  await expect(client.orders.getOrder({ orderId: newId() })).rejects.toMatchObject({
    status: 404,
    code: 'order_not_found',
    message: 'order_not_found: 没有找到这个订单，或者您无权查看它。',
    requestId: expect.any(String),
  })
  await expect(client.orders.createOrder({ customerId: 'x', lines: [] })).rejects.toMatchObject({
    code: 'invalid_request',
    violations: [{ field: 'customerId' }, { field: 'lines' }],
  })
  const wrong = partnerClient({ ...dealer.credentials, clientSecret: 'x', baseUrl: http.address })
  await expect(wrong.orders.getOrder({ orderId: newId() })).rejects.toMatchObject({
    status: 401,
    code: 'invalid_client',
  })
})

test('too many requests are waited for as the edge asks', async () => {
  const { http: narrow } = await platform.open({ perMinute: 60 })
  const waits: number[] = []
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds)
    platform.pass(1)
  }
  const patient = clientOf({ wait, random: () => 0 }, narrow.address)
  for (let asked = 0; asked < 10; asked += 1) await patient.orders.listOrders().pages()[Symbol.asyncIterator]().next()
  expect(waits.length).toBeGreaterThan(0)
  expect(new Set(waits)).toEqual(new Set([1000]))
})

test('a token that has ended is renewed without a word', async () => {
  platform.pass(290)
  expect(await client.customers.listCustomers().all()).toMatchObject([{ customerId }])
  const late = clientOf({ now: () => 0 })
  await late.customers.listCustomers().all()
  platform.pass(600)
  expect(await late.customers.listCustomers().all()).toMatchObject([{ customerId }])
})

test('the example of its README runs as it stands', async () => {
  const readme = readFileSync(new URL('../../../packages/partner-sdk/README.md', import.meta.url), 'utf8')
  const [, example = ''] = /```ts\n([\s\S]+?)```/.exec(readme) ?? []
  const { clientId, clientSecret } = dealer.credentials
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--no-warnings', '--eval', example],
    {
      cwd: import.meta.dirname,
      env: { ...process.env, SALESWRIGHT_URL: http.address, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret },
    },
  )
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^SO-20260310-\d{6}: 226\.00 CNY\n/)
  expect(stdout.trim().split('\n').length).toBeGreaterThan(5)
})
