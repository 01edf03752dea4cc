import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { Order_Shortage_Choice, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ProductionRequest_Status } from '@saleswright/contracts/saleswright/orders/v1/production_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage } from './stage.ts'

const stage = await openStage()
const { orders, stock } = stage
const { rep, finance, order, pay, shipAll } = await selling(stage)
const newGoods = goods(stage, finance)
const customerId = stage.customers.file({ ownerId: rep.id })
const stockOf = async (sku: string) => {
  const { onHand, reserved, available } = await stock.getStockItem({ sku }, finance.as())
  return { onHand, reserved, available }
}

test('F12: a hundred orders at once for one product promise exactly what is there', { timeout: 60_000 }, async () => {
  const sku = await newGoods({ exFactory: '10.00', stock: '60' })
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, () => order({ sku, customerId, confirmed: true })),
  )
  const refusals = results.filter((result) => result.status === 'rejected')
  expect(new Set(refusals.map(({ reason }) => reason.code))).toEqual(new Set(['stock_short']))
  expect(refusals).toHaveLength(40)
  expect(await stockOf(sku)).toEqual({ onHand: '60', reserved: '60', available: '0' })
  const { totalSize } = await orders.listOrders({ customerId, withTotal: true }, rep.as())
  expect(totalSize).toBe(60)
})

test('a key that is sent by many at once takes one order', async () => {
  const sku = await newGoods({ exFactory: '10.00', stock: '10' })
  const key = newId()
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => order({ sku, customerId, confirmed: true }, rep, key)),
  )
  expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1)
  expect(await stockOf(sku)).toMatchObject({ reserved: '1' })
  await expect(order({ sku, customerId, quantity: '2' }, rep, key)).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
})

test('lines of one product are promised together', async () => {
  const sku = await newGoods({ exFactory: '10.00', stock: '5' })
  const lines = [
    { sku, quantity: '3' },
    { sku, quantity: '3' },
  ]
  await expect(order({ sku, customerId, lines, confirmed: true })).rejects.toMatchObject({
    code: 'stock_short',
    params: { sku, wanted: '6', available: '5' },
  })
  expect(await stockOf(sku)).toMatchObject({ reserved: '0' })
})

test('a draft promises nothing, a cancelled order gives back, and what ships leaves', async () => {
  const sku = await newGoods({ exFactory: '10.00', stock: '10' })
  await order({ sku, customerId, quantity: '4' })
  expect(await stockOf(sku)).toEqual({ onHand: '10', reserved: '0', available: '10' })

  const given = await order({ sku, customerId, quantity: '4', confirmed: true })
  expect(await stockOf(sku)).toEqual({ onHand: '10', reserved: '4', available: '6' })
  await orders.cancelOrder({ orderId: given.orderId, reason: '不要了' }, rep.as())
  expect(await stockOf(sku)).toEqual({ onHand: '10', reserved: '0', available: '10' })

  const { orderId } = await order({ sku, customerId, quantity: '4', confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await pay(orderId, '40.00')
  await orders.releaseOrder({ orderId }, finance.as())
  await shipAll(orderId)
  expect(await stockOf(sku)).toEqual({ onHand: '6', reserved: '0', available: '6' })
  await expect(stock.adjustStock({ sku, change: '-7', reason: '盘亏' }, finance.as())).rejects.toMatchObject({
    code: 'stock_below_reserved',
  })
})

test('R211: every rep asks what is there and what of it is promised, and changes nothing', async () => {
  const sku = await newGoods({ exFactory: '10.00', stock: '5' })
  await order({ sku, customerId, quantity: '2', confirmed: true })
  const clerk = await stage.someone(everything('self'))
  expect(await stock.getStockItem({ sku }, clerk.as())).toMatchObject({ onHand: '5', reserved: '2', available: '3' })
  const { stockItems } = await stock.listStockItems({ pageSize: 200 }, clerk.as())
  expect(stockItems.find((item) => item.sku === sku)).toMatchObject({ available: '3' })
  await expect(stock.adjustStock({ sku, change: '1', reason: '入库' }, clerk.as())).rejects.toMatchObject({
    kind: 'forbidden',
  })
})

test('what is made to order needs no stock', async () => {
  const sku = await newGoods({ exFactory: '10.00' })
  expect(await order({ sku, customerId, confirmed: true })).toMatchObject({
    status: Order_Status.CUSTOMER_CONFIRMED,
    gross: yuan('10.00'),
  })
})

describe('R216: what is not there', () => {
  const { BACKORDER, PARTIAL } = Order_Shortage_Choice
  const requestsOf = async (orderId: string) =>
    (await stage.production.listProductionRequests({ orderId }, finance.as())).productionRequests
  const receive = (sku: string, change: string) => stock.adjustStock({ sku, change, reason: '完工入库' }, finance.as())
  const released = async (orderId: string, amount: string) => {
    await orders.acknowledgeStock({ orderId }, rep.as())
    await pay(orderId, amount)
    return orders.releaseOrder({ orderId }, finance.as())
  }

  test('is refused line by line with what is there, unless the order says what becomes of it', async () => {
    const [short, enough] = [
      await newGoods({ exFactory: '10.00', stock: '5' }),
      await newGoods({ exFactory: '10.00', stock: '5' }),
    ]
    const lines = [
      { sku: enough, quantity: '2' },
      { sku: short, quantity: '4' },
      { sku: short, quantity: '4' },
    ]
    await expect(order({ sku: short, customerId, lines, confirmed: true })).rejects.toMatchObject({
      code: 'stock_short',
      violations: [{ field: 'lines[2].quantity', rule: 'stock_left', message: '1' }],
    })
    expect(await stockOf(enough)).toMatchObject({ reserved: '0' })
  })

  test('R225: is asked of production, and promised for a day; what is there is reserved and may ship', async () => {
    const sku = await newGoods({ exFactory: '10.00', stock: '3' })
    const { orderId } = await order({ sku, customerId, quantity: '10' })
    const confirmed = await orders.confirmOrder({ orderId, onShortage: BACKORDER }, rep.as())
    expect(confirmed).toMatchObject({
      gross: yuan('100.00'),
      lines: [{ quantity: '10', backOrderedQuantity: '7', promisedOn: '2026-03-24' }],
    })
    expect(await stockOf(sku)).toEqual({ onHand: '3', reserved: '3', available: '0' })
    const [request] = await requestsOf(orderId)
    expect(request).toMatchObject({
      status: ProductionRequest_Status.OPEN,
      sku,
      quantity: '7',
      openQuantity: '7',
      promisedOn: '2026-03-24',
    })
    expect(await stage.namesOf(request!.productionRequestId)).toEqual(['ProductionRequested'])

    await released(orderId, '100.00')
    const all = stage.shipments.createShipment({ orderId, lines: [{ lineNo: 1, quantity: '4' }] }, rep.as())
    await expect(all).rejects.toMatchObject({ code: 'waits_for_production', params: { promisedOn: '2026-03-24' } })
    await shipAll(orderId)
    expect(await orders.getOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.PARTIALLY_SHIPPED })
    await receive(sku, '7')
    expect(await requestsOf(orderId)).toMatchObject([{ status: ProductionRequest_Status.FILLED, openQuantity: '0' }])
    await shipAll(orderId)
    expect(await orders.getOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.SHIPPED })
    expect(await stockOf(sku)).toEqual({ onHand: '0', reserved: '0', available: '0' })
  })

  test('goes to who was promised first, and a cancelled order passes on what it had', async () => {
    const sku = await newGoods({ exFactory: '10.00', stock: '2' })
    const take = async (quantity: string, businessDate: string) =>
      (await order({ sku, customerId, quantity, confirmed: true, onShortage: BACKORDER, businessDate })).orderId
    const later = await take('4', '2026-03-10')
    const earlier = await take('3', '2026-03-09')
    const open = async (orderId: string) => (await requestsOf(orderId)).map(({ openQuantity }) => openQuantity)
    expect([await open(later), await open(earlier)]).toEqual([['2'], ['3']])
    await receive(sku, '4')
    expect([await open(later), await open(earlier)]).toEqual([['1'], ['0']])
    await orders.cancelOrder({ orderId: earlier, reason: '不要了' }, rep.as())
    expect(await open(later)).toEqual(['0'])
    expect(await stockOf(sku)).toEqual({ onHand: '6', reserved: '4', available: '2' })

    const waiting = await take('5', '2026-03-10')
    await orders.cancelOrder({ orderId: waiting, reason: '不要了' }, rep.as())
    expect(await requestsOf(waiting)).toMatchObject([{ status: ProductionRequest_Status.WITHDRAWN, openQuantity: '3' }])
    expect(await stockOf(sku)).toEqual({ onHand: '6', reserved: '4', available: '2' })
  })

  test('is left out where only what is there is wanted', async () => {
    const sku = await newGoods({ exFactory: '10.00', taxRate: '0.13', stock: '3' })
    const taken = await order({ sku, customerId, quantity: '10', confirmed: true, onShortage: PARTIAL })
    expect(taken).toMatchObject({ net: yuan('30.00'), gross: yuan('33.90'), lines: [{ quantity: '3' }] })
    expect(await stage.namesOf(taken.orderId)).toEqual(['OrderCreated', 'OrderReduced', 'OrderConfirmed'])
    expect(await requestsOf(taken.orderId)).toEqual([])
    await expect(
      order({ sku, customerId, quantity: '10', confirmed: true, onShortage: PARTIAL }),
    ).rejects.toMatchObject({ code: 'stock_short' })
  })

  test('R213: tells a partner no figure of the stock, in whichever way it is asked', async () => {
    const sku = await newGoods({ wholesale: '10.00', stock: '7' })
    const dealer = stage.customers.file({ ownerId: rep.id, channelTier: Customer_ChannelTier.DISTRIBUTOR })
    const partner = await stage.partner(dealer)
    const ask = (onShortage: Order_Shortage_Choice) =>
      order({ sku, customerId: dealer, quantity: '10', onShortage }, partner)
    const kept = await ask(PARTIAL)
    expect(kept).toMatchObject({ status: Order_Status.SUBMITTED, lines: [{ quantity: '10' }] })
    await expect(orders.confirmOrder({ orderId: kept.orderId }, rep.as())).rejects.toMatchObject({
      code: 'stock_short',
      params: { available: '7' },
    })
    const waits = await ask(BACKORDER)
    expect(waits.lines[0]).toMatchObject({ quantity: '10', promisedOn: '2026-03-24' })
    expect(waits.lines[0]?.backOrderedQuantity).toBeUndefined()
    expect((await orders.getOrder({ orderId: waits.orderId }, rep.as())).lines[0]?.backOrderedQuantity).toBe('3')
    await expect(requestsOf(waits.orderId)).resolves.toHaveLength(1)
    await expect(stage.production.listProductionRequests({}, partner.as())).rejects.toMatchObject({
      code: 'not_for_partners',
    })
  })
})
