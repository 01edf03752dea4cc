import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { Order_Payment_Terms, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, INTRODUCTION } from './goods.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

const stage = await openStage()
const { orders } = stage
const { rep, finance, order, pay, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00', wholesale: '100.00' })

describe('a repeat of what is so already answers the order as it stands', () => {
  test('also where the order went on by itself', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const { orderId } = await order({ sku, customerId, confirmed: true })
    const waiting = await orders.acknowledgeStock({ orderId }, rep.as())
    expect(waiting.status).toBe(Order_Status.AWAITING_FUNDS)
    expect(await orders.acknowledgeStock({ orderId }, rep.as())).toEqual(waiting)
    await pay(orderId, '100.00')
    await orders.releaseOrder({ orderId }, finance.as())
    await expect(orders.acknowledgeStock({ orderId }, rep.as())).rejects.toMatchObject({ code: 'order_is_released' })
  })

  test('two releases at one moment release once, and of a shipment that two send one leaves', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '500.00' })
    const { orderId } = await order({ sku, customerId, confirmed: true })
    await orders.acknowledgeStock({ orderId }, rep.as())
    const both = await Promise.all([1, 2].map(() => orders.releaseOrder({ orderId }, finance.as())))
    expect(both.map(({ status }) => status)).toEqual([Order_Status.RELEASED, Order_Status.RELEASED])
    const { shipmentId } = await stage.shipments.createShipment({ orderId }, rep.as())
    const ship = () => stage.shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    const sent = await Promise.allSettled([ship(), ship()])
    expect(sent.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const names = await stage.namesOf(orderId)
    expect(names.filter((name) => name === 'OrderReleased' || name === 'OrderShipped')).toHaveLength(2)
  })

  test('of a partner who says yes again', async () => {
    const dealerId = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
    const dealer = await stage.partner(dealerId)
    const taken = await order({ sku, customerId: dealerId }, dealer)
    expect(taken.status).toBe(Order_Status.AWAITING_FUNDS)
    expect(await orders.confirmOrder({ orderId: taken.orderId }, dealer.as())).toEqual(taken)
  })
})

describe('R240: a limit in another currency is none', () => {
  test('the order is prepaid then, unless credit was asked for', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '500.00' })
    const dollars = { currencyCode: 'USD', amount: '10.00' }
    await stage.prices.createPriceList(
      {
        name: 'export',
        kind: 1,
        currencyCode: 'USD',
        validFrom: '2026-01-01',
        ...INTRODUCTION,
        entries: [{ sku, unitPrice: dollars }],
      },
      finance.as(),
    )
    const lines = [{ sku, quantity: '1', agreedUnitPrice: dollars }]
    const taken = await order({ sku, customerId, lines, confirmed: true })
    expect(taken).toMatchObject({ paymentTerms: Order_Payment_Terms.PREPAY, gross: dollars })
    const credit = order({ sku, customerId, lines, confirmed: true, paymentTerms: Order_Payment_Terms.CREDIT })
    await expect(credit).rejects.toMatchObject({ code: 'credit_limit_exceeded', params: { limit: '0.00' } })
    expect((await order({ sku, customerId })).paymentTerms).toBe(Order_Payment_Terms.CREDIT)
  })
})

test('R241: what has left the house wholly is resumed whatever the limit is by now', async () => {
  const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '500.00' })
  const { orderId } = await order({ sku, customerId, confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await orders.releaseOrder({ orderId }, finance.as())
  const { shipmentId } = await shipAll(orderId)
  await orders.holdOrder({ orderId, reason: '对账' }, rep.as())
  stage.customers.file({ ownerId: rep.id, creditLimit: '50.00' }, customerId)
  expect(await orders.resumeOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.SHIPPED })
  await stage.shipments.deliver({ shipmentId }, rep.as())
})
