import type { AllocationReversed } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage, ROOT, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments, shipments } = stage
const { rep, finance, order, accepted, billsOf, openOf, record, pay, giveBack } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })
const customerId = stage.customers.file({ ownerId: rep.id })
const YESTERDAY = '2026-03-09'

/** A date that lies before what it follows from is refused by the name of its field. */
const crossed = (field: string, earlier: string) => ({
  kind: 'invalid',
  code: 'dates_crossed',
  violations: [{ field, rule: 'dates_crossed', message: `must not lie before ${earlier}` }],
})

const released = async () => {
  const { orderId } = await accepted({ sku, customerId })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await pay(orderId, '100.00')
  return orders.releaseOrder({ orderId }, finance.as())
}

describe('what follows from a document is not dated before it', () => {
  test('a shipment and a completion not before their order, a delivery not before its shipment', async () => {
    const { orderId } = await released()
    const planned = shipments.createShipment({ orderId, businessDate: YESTERDAY }, rep.as())
    await expect(planned).rejects.toMatchObject(crossed('businessDate', TODAY))
    const { shipmentId } = await shipments.createShipment({ orderId }, rep.as())
    const photoIds = [stage.gateway.upload()]
    const early = shipments.ship({ shipmentId, photoIds, on: YESTERDAY }, rep.as())
    await expect(early).rejects.toMatchObject(crossed('on', TODAY))
    await shipments.ship({ shipmentId, photoIds }, rep.as())
    const arrived = shipments.deliver({ shipmentId, on: YESTERDAY }, rep.as())
    await expect(arrived).rejects.toMatchObject(crossed('on', TODAY))
    await shipments.deliver({ shipmentId }, rep.as())
    const done = orders.completeOrder({ orderId, businessDate: YESTERDAY }, finance.as())
    await expect(done).rejects.toMatchObject(crossed('businessDate', TODAY))
  })

  test('money is not confirmed before it came in, and not given back before it was confirmed', async () => {
    const { orderId } = await accepted({ sku, customerId })
    const { paymentId } = await record(orderId, '100.00')
    const early = payments.confirmPayment({ paymentId, on: YESTERDAY }, finance.as())
    await expect(early).rejects.toMatchObject(crossed('on', TODAY))
    await payments.confirmPayment({ paymentId }, finance.as())
    const [bill] = await billsOf(orderId)
    const allocations = [{ receivableId: bill!.receivableId, amount: yuan('1.00') }]
    const back = giveBack(paymentId, { allocations, on: YESTERDAY })
    await expect(back).rejects.toMatchObject(crossed('on', TODAY))
  })

  test('what is taken off a migrated order that is cancelled is not dated before it was collected', async () => {
    const importer = await stage.someone([...everything('company'), 'migration@company'], [ROOT])
    const old = { businessDate: '2017-03-31', recordedFor: rep.id, ownerId: rep.id }
    const { orderId } = await order({ sku, customerId, confirmed: true, ...old }, importer)
    const { target } = await openOf(orderId)
    await payments.createPayment(
      {
        customerId,
        amount: yuan('100.00'),
        method: Payment_Method_Kind.TRANSFER,
        allocations: [{ ...target, amount: yuan('100.00') }],
        receivedOn: '2017-04-03',
        confirmed: true,
        recordedFor: rep.id,
      },
      importer.as(),
    )
    const cancelled = await orders.cancelOrder({ orderId, reason: '取消' }, importer.as())
    expect(cancelled.status).toBe(Order_Status.CANCELLED)
    const reversed = (await stage.told()).filter(({ $typeName }) => $typeName.endsWith('AllocationReversed'))
    expect((reversed as unknown as readonly AllocationReversed[]).map(({ reversedOn }) => reversedOn)).toEqual([
      '2017-04-03',
    ])
  })
})
