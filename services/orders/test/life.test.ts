import { File_Media } from '@saleswright/contracts/saleswright/api/v1/annotations_pb.ts'
import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { Order_Channel_Kind, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { EAST, everything, openStage } from './stage.ts'

const stage = await openStage()
const { orders, shipments } = stage
const { rep, finance, order, pay, shipAll } = await selling(stage)
const newGoods = goods(stage, finance)
const sku = await newGoods({ exFactory: '100.00', wholesale: '100.00', floors: ['90.00', '80.00'] })
const customerId = stage.customers.file({ ownerId: rep.id })
const get = (orderId: string, who = rep) => orders.getOrder({ orderId }, who.as())

const released = async (quantity = '1') => {
  const { orderId } = await order({ sku, customerId, quantity, confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await pay(orderId, `${Number(quantity) * 100}.00`)
  return orders.releaseOrder({ orderId }, finance.as())
}

describe('the steps of an order', () => {
  test('one after the other, each told once; a repeat changes nothing', async () => {
    const draft = await order({ sku, customerId })
    const { orderId } = draft
    const confirmed = await orders.confirmOrder({ orderId, etag: draft.etag }, rep.as())
    expect(await orders.confirmOrder({ orderId }, rep.as())).toEqual(confirmed)
    await orders.acknowledgeStock({ orderId }, rep.as())
    await pay(orderId, '100.00')
    await orders.releaseOrder({ orderId }, finance.as())
    const { shipmentId } = await shipAll(orderId)
    await expect(orders.completeOrder({ orderId }, finance.as())).rejects.toMatchObject({ code: 'order_is_shipped' })
    await shipments.deliver({ shipmentId, receivedBy: '王' }, rep.as())
    await orders.completeOrder({ orderId }, finance.as())
    expect((await stage.namesOf(orderId)).map((name) => name.replace('Order', ''))).toEqual([
      'Created',
      'Confirmed',
      'StockAcknowledged',
      'AwaitsFunds',
      'CollectionChanged',
      'FundsConfirmed',
      'Released',
      'Shipped',
      'Delivered',
      'Completed',
    ])
    const versions = (await stage.told()).filter(({ aggregateId }) => aggregateId === orderId)
    expect(versions.map(({ aggregateVersion }) => aggregateVersion)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('R208: nothing is done with an order before the customer has confirmed what is in it', async () => {
    const { orderId } = await order({ sku, customerId })
    const early = [
      orders.acknowledgeStock({ orderId }, rep.as()),
      orders.confirmFunds({ orderId }, finance.as()),
      orders.releaseOrder({ orderId }, finance.as()),
      shipments.createShipment({ orderId }, rep.as()),
    ]
    const refusals = await Promise.allSettled(early)
    expect(refusals.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
      'order_is_draft',
      'order_is_draft',
      'order_is_draft',
      'order_not_released',
    ])
    expect((await stage.receivables.listReceivables({ orderId }, finance.as())).receivables).toEqual([])
    await orders.confirmOrder({ orderId }, rep.as())
    expect(await orders.acknowledgeStock({ orderId }, rep.as())).toMatchObject({ status: Order_Status.AWAITING_FUNDS })
  })

  test('a step on the sight of an older order is refused', async () => {
    const draft = await order({ sku, customerId })
    await orders.holdOrder({ orderId: draft.orderId, reason: '等' }, rep.as())
    await orders.resumeOrder({ orderId: draft.orderId }, rep.as())
    await expect(orders.confirmOrder({ orderId: draft.orderId, etag: draft.etag }, rep.as())).rejects.toMatchObject({
      kind: 'stale',
    })
  })

  test('a held order goes nowhere, and then back to where it was', async () => {
    const { orderId } = await released()
    const held = await orders.holdOrder({ orderId, reason: '资料不全' }, rep.as())
    expect(held.hold).toMatchObject({ reason: '资料不全', fromStatus: Order_Status.RELEASED })
    await expect(shipments.createShipment({ orderId }, rep.as())).rejects.toMatchObject({ code: 'order_not_released' })
    const resumed = await orders.resumeOrder({ orderId }, rep.as())
    expect([resumed.status, resumed.hold]).toEqual([Order_Status.RELEASED, undefined])
  })

  test('what has left the house is not cancelled', async () => {
    const { orderId } = await released('2')
    const { shipmentId } = await shipments.createShipment({ orderId, lines: [{ lineNo: 1, quantity: '1' }] }, rep.as())
    await shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    await expect(orders.cancelOrder({ orderId, reason: '晚了' }, rep.as())).rejects.toMatchObject({
      code: 'order_is_partially_shipped',
    })
  })
})

describe('shipments', () => {
  test('R231: wait for the photos of their load', async () => {
    const { orderId } = await released()
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    await expect(shipments.ship({ shipmentId }, rep.as())).rejects.toMatchObject({ code: 'photos_missing' })
  })

  test('R231: show files that are there, for which the files are asked once', async () => {
    const { orderId } = await released()
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    const [there, gone] = [stage.gateway.upload(), newId()]
    const wrong = shipments.ship({ shipmentId, photoIds: [there, gone, there, gone] }, rep.as())
    await expect(wrong).rejects.toMatchObject({
      kind: 'invalid',
      code: 'file_unknown',
      violations: [
        { field: 'photoIds[1]', rule: 'file_unknown' },
        { field: 'photoIds[3]', rule: 'file_unknown' },
      ],
    })
    const before = stage.gateway.claims().length
    const key = newId()
    const shipped = await shipments.ship({ shipmentId, photoIds: [there] }, rep.as(key))
    expect(await shipments.ship({ shipmentId, photoIds: [there] }, rep.as(key))).toEqual(shipped)
    expect(await shipments.ship({ shipmentId, photoIds: [there] }, rep.as())).toEqual(shipped)
    await shipments.deliver({ shipmentId }, rep.as())
    expect(stage.gateway.claims().slice(before)).toEqual([[there]])
  })

  test('R231: show images, and no photo that shows another load or is the slip of a payment', async () => {
    const [first, second] = [await released(), await released()]
    const planned = ({ orderId }: { orderId: string }) => shipments.createShipment({ orderId }, rep.as())
    const [{ shipmentId }, other] = [await planned(first), await planned(second)]
    const [photo, paper] = [stage.gateway.upload(), stage.gateway.upload(File_Media.PAPER)]
    await expect(shipments.ship({ shipmentId, photoIds: [photo, paper] }, rep.as())).rejects.toMatchObject({
      code: 'file_unsuited',
      violations: [{ field: 'photoIds[1]', rule: 'file_unsuited' }],
    })
    await shipments.ship({ shipmentId, photoIds: [photo] }, rep.as())
    const photoIds = [stage.gateway.upload(), photo]
    await expect(shipments.ship({ shipmentId: other.shipmentId, photoIds }, rep.as())).rejects.toMatchObject({
      kind: 'invalid',
      code: 'file_taken',
      violations: [{ field: 'photoIds[1]', rule: 'file_taken' }],
    })
  })

  test('R232: in parts they never come to more than was ordered', async () => {
    const { orderId } = await released('3')
    const part = (quantity: string) => shipments.createShipment({ orderId, lines: [{ lineNo: 1, quantity }] }, rep.as())
    const first = await part('2')
    await expect(part('2')).rejects.toMatchObject({ code: 'quantity_beyond_order' })
    await shipments.ship({ shipmentId: first.shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    expect(await get(orderId)).toMatchObject({ status: Order_Status.PARTIALLY_SHIPPED })
    const second = await shipAll(orderId)
    expect(second.lines).toMatchObject([{ lineNo: 1, quantity: '1' }])
    expect(await get(orderId)).toMatchObject({ status: Order_Status.SHIPPED })
    await expect(shipments.createShipment({ orderId }, rep.as())).rejects.toMatchObject({ code: 'order_not_released' })
    await shipments.deliver({ shipmentId: second.shipmentId }, rep.as())
    expect(await get(orderId)).toMatchObject({ status: Order_Status.SHIPPED })
    await shipments.deliver({ shipmentId: first.shipmentId }, rep.as())
    expect(await get(orderId)).toMatchObject({ status: Order_Status.DELIVERED })
  })

  test('two that arrive at the same moment deliver the order', async () => {
    const { orderId } = await released('2')
    const parts = await Promise.all(
      ['1', '1'].map((quantity) => shipments.createShipment({ orderId, lines: [{ lineNo: 1, quantity }] }, rep.as())),
    )
    for (const { shipmentId } of parts)
      await shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    await Promise.all(parts.map(({ shipmentId }) => shipments.deliver({ shipmentId }, rep.as())))
    expect(await get(orderId)).toMatchObject({ status: Order_Status.DELIVERED })
  })
})

describe('partners', async () => {
  const dealerId = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
  const dealer = await stage.partner(dealerId)

  test('order for themselves, always confirmed, and wait for nobody but the money', async () => {
    const taken = await order({ sku, customerId: dealerId, externalOrderNo: 'D-1' }, dealer)
    expect(taken).toMatchObject({
      status: Order_Status.AWAITING_FUNDS,
      channel: Order_Channel_Kind.PARTNER,
      ownerId: rep.id,
      unitId: EAST,
      partnerId: dealerId,
    })
    await expect(order({ sku, customerId: dealerId, externalOrderNo: 'D-1' }, dealer)).rejects.toMatchObject({
      code: 'external_order_exists',
      params: { orderId: taken.orderId, orderNo: taken.orderNo },
    })
  })

  test('have one order for each number of theirs, also when they ask for it many times at once', async () => {
    const ask = () => order({ sku, customerId: dealerId, externalOrderNo: 'D-2' }, dealer)
    const results = await Promise.allSettled(Array.from({ length: 8 }, ask))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusals = results.filter((result) => result.status === 'rejected')
    expect(new Set(refusals.map(({ reason }) => reason.code))).toEqual(new Set(['external_order_exists']))
  })

  test('do not choose among the prices of the last days', async () => {
    await expect(order({ sku, customerId: dealerId, businessDate: '2026-03-09' }, dealer)).rejects.toMatchObject({
      code: 'business_date_too_early',
    })
  })

  test('see their own rows alone, and neither name prices nor others', async () => {
    await order({ sku, customerId })
    const mine = await orders.listOrders({ pageSize: 200 }, dealer.as())
    expect(new Set(mine.orders.map((one) => one.customerId))).toEqual(new Set([dealerId]))
    await expect(order({ sku, customerId }, dealer)).rejects.toMatchObject({ code: 'customer_not_found' })
    const lines = [{ sku, quantity: '1', agreedUnitPrice: yuan('100.00') }]
    await expect(order({ sku, customerId: dealerId, lines }, dealer)).rejects.toMatchObject({ code: 'price_not_yours' })
    await expect(get((await released()).orderId, dealer)).rejects.toMatchObject({ code: 'order_not_found' })
  })

  test('cancel what has not shipped', async () => {
    const { orderId } = await order({ sku, customerId: dealerId }, dealer)
    expect(await orders.cancelOrder({ orderId, reason: '下错了' }, dealer.as())).toMatchObject({
      status: Order_Status.CANCELLED,
    })
  })
})

describe('lists', () => {
  test('R212: a rep finds where orders stand by status, number, date and page', async () => {
    const clerk = await stage.someone(everything('self'))
    const taken = []
    for (let index = 0; index < 5; index++) taken.push(await order({ sku, customerId, confirmed: index > 2 }, clerk))
    const drafts = await orders.listOrders({ status: Order_Status.DRAFT, withTotal: true }, clerk.as())
    expect([drafts.orders.length, drafts.totalSize]).toEqual([3, 3])
    const [found] = (await orders.listOrders({ q: taken[2]!.orderNo.toLowerCase() }, clerk.as())).orders
    expect(found).toMatchObject({ orderId: taken[2]!.orderId })
    const none = await orders.listOrders({ orderDateTo: '2026-03-09' }, clerk.as())
    expect(none.orders).toEqual([])
    const first = await orders.listOrders({ pageSize: 3, orderBy: 'orderNo' }, clerk.as())
    const rest = await orders.listOrders(
      { pageSize: 3, orderBy: 'orderNo', pageToken: first.nextPageToken },
      clerk.as(),
    )
    expect([...first.orders, ...rest.orders].map(({ orderId }) => orderId)).toEqual(taken.map(({ orderId }) => orderId))
  })
})
