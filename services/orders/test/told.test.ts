import type {
  OrderConfirmed,
  PaymentRecorded,
  PriceListPublished,
  ReceivableOpened,
  ShipmentPlanned,
  ShipmentShipped,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { EAST, openStage, ROOT } from './stage.ts'

const stage = await openStage()
const { orders } = stage
const { rep, finance, order, billsOf, record } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00', taxRate: '0.13' })

/** The trail of a record begins with what was told of it first: there is no change before that. */
const firstOf = async (aggregateId: string) => (await stage.told()).find((event) => event.aggregateId === aggregateId)

test('what is told first of a record says all that it began with', async () => {
  const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
  const { orderId } = await order({ sku, customerId, quantity: '2', confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await orders.releaseOrder({ orderId }, finance.as())
  const lines = [{ lineNo: 1, quantity: '1' }]
  const { shipmentId } = await stage.shipments.createShipment({ orderId, lines }, rep.as())
  expect((await firstOf(shipmentId)) as unknown as ShipmentPlanned).toMatchObject({ orderId, lines })
  await stage.shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
  const [bill] = await billsOf(orderId)
  const { receivableId } = bill!
  expect((await firstOf(receivableId)) as unknown as ReceivableOpened).toMatchObject({
    amount: yuan('113.00'),
    net: yuan('100.00'),
    onCredit: true,
  })
  const { paymentId } = await record(orderId, '60.00')
  expect((await firstOf(paymentId)) as unknown as PaymentRecorded).toMatchObject({
    method: 'transfer',
    allocations: [{ receivableId, orderId, amount: yuan('60.00') }],
    recordedFor: rep.id,
  })
  const list = (await stage.told()).find(({ $typeName }) => $typeName.endsWith('PriceListPublished'))
  expect(list as unknown as PriceListPublished).toMatchObject({ name: 'prices', reason: 'new' })
})

test('what counts towards targets says for whom and how much: a confirmation and a shipment', async () => {
  const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
  const place = { ownerId: rep.id, unitId: EAST, orgPath: [ROOT, EAST] }
  const { orderId } = await order({ sku, customerId, quantity: '2', confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await orders.releaseOrder({ orderId }, finance.as())
  const { shipmentId } = await stage.shipments.createShipment({ orderId }, rep.as())
  await stage.shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
  const told = async (id: string, name: string) =>
    (await stage.told()).find(({ aggregateId, $typeName }) => aggregateId === id && $typeName.endsWith(`.${name}`))
  const confirmed = (await told(orderId, 'OrderConfirmed')) as unknown as OrderConfirmed
  expect(confirmed).toMatchObject({ ...place, net: yuan('200.00') })
  const shipped = (await told(shipmentId, 'ShipmentShipped')) as unknown as ShipmentShipped
  expect(shipped).toMatchObject({ ...place, parts: [{ net: yuan('200.00') }] })
})
