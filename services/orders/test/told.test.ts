import type {
  PaymentRecorded,
  PriceListPublished,
  ReceivableOpened,
  ShipmentPlanned,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

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
