import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
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

test('a hundred orders at once for one product promise exactly what is there', { timeout: 60_000 }, async () => {
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
