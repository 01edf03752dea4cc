import { create } from '@bufbuild/protobuf'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
  type ApprovalNeeded,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { Payment_Method_Kind, Payment_Status } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  Order_Origin_Kind,
  Order_PriceApproval_State,
  Order_Status,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { COMPANY, EAST, everything, openStage, ROOT } from './stage.ts'

const stage = await openStage()
const { orders, payments, paymentRequests, shipments } = stage

const importer = await stage.someone([...everything('company'), 'migration@company'], [ROOT])
const agent = await stage.someone(everything('self'), [ROOT, EAST])
const newGoods = goods(stage, importer)
const customerId = stage.customers.file({ ownerId: importer.id })

const migratedOrder = async (agreed: string) => {
  const sku = await newGoods({ exFactory: '1000.00', floors: ['900.00', '800.00'], stock: '0' })
  return orders.createOrder(
    {
      customerId,
      lines: [{ sku, quantity: '1', agreedUnitPrice: yuan(agreed) }],
      confirmed: true,
      ownerId: agent.id,
      recordedFor: agent.id,
      businessDate: '2017-03-01',
      externalRef: { system: 'crm', id: newId() },
    },
    importer.as(),
  )
}

const collect = async (orderId: string) => {
  const { paymentRequests: found } = await paymentRequests.listPaymentRequests({ orderId }, importer.as())
  const [request] = found
  return payments.createPayment(
    {
      customerId,
      amount: request!.amount!,
      method: Payment_Method_Kind.TRANSFER,
      allocations: [{ paymentRequestId: request!.paymentRequestId, amount: request!.amount! }],
      receivedOn: '2017-03-01',
      confirmed: true,
      recordedFor: agent.id,
    },
    importer.as(),
  )
}

const finish = async (orderId: string) => {
  await orders.releaseOrder({ orderId }, importer.as())
  const { shipmentId } = await shipments.createShipment({ orderId }, importer.as())
  await shipments.ship({ shipmentId }, importer.as())
  await shipments.deliver({ shipmentId }, importer.as())
  return orders.completeOrder({ orderId, businessDate: '2017-03-01' }, importer.as())
}

test('a migrated order goes from its creation to its completion in seven calls', async () => {
  const order = await migratedOrder('1000.00')
  expect(order).toMatchObject({ status: Order_Status.AWAITING_FUNDS, origin: Order_Origin_Kind.MIGRATED })
  expect(await collect(order.orderId)).toMatchObject({ status: Payment_Status.CONFIRMED })
  const done = await finish(order.orderId)
  expect(done).toMatchObject({ status: Order_Status.COMPLETED, collected: yuan('1000.00'), recordedFor: agent.id })
  expect(await stage.namesOf(order.orderId)).toEqual([
    'OrderCreated',
    'OrderConfirmed',
    'OrderStockAcknowledged',
    'OrderAwaitsFunds',
    'OrderCollectionChanged',
    'OrderFundsConfirmed',
    'OrderReleased',
    'OrderShipped',
    'OrderDelivered',
    'OrderCompleted',
  ])
})

test('R163: under a floor it waits for the decision, and confirms by itself when the price is approved', async () => {
  const order = await migratedOrder('850.00')
  expect(order).toMatchObject({ status: Order_Status.DRAFT, priceApproval: Order_PriceApproval_State.PENDING })
  await expect(orders.confirmOrder({ orderId: order.orderId }, importer.as())).rejects.toMatchObject({
    code: 'price_approval_pending',
  })
  const needed = (await stage.told()).find(
    (event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === order.orderId,
  ) as unknown as ApprovalNeeded
  expect(needed).toMatchObject({ class: 'price_under_rep_floor', caseId: order.approvalId, recordedFor: agent.id })
  await stage.organization.tell(
    newId(),
    create(ApprovalDecidedSchema, {
      caseId: needed.caseId,
      subject: needed.subject,
      companyId: COMPANY,
      contentHash: needed.contentHash,
      decision: ApprovalDecision_Verdict.APPROVED,
      deciderId: newId(),
    }),
  )
  await expect
    .poll(async () => (await orders.getOrder({ orderId: order.orderId }, importer.as())).status, { timeout: 10_000 })
    .toBe(Order_Status.AWAITING_FUNDS)
  await collect(order.orderId)
  expect(await finish(order.orderId)).toMatchObject({ status: Order_Status.COMPLETED })
})

test('in whose name something is entered is a person of the company, not an invented id', async () => {
  const invented = newId()
  const refusal = { kind: 'invalid', code: 'person_unknown', violations: [{ field: 'recordedFor' }] }
  const sku = await newGoods({ exFactory: '1000.00' })
  const line = { lines: [{ sku, quantity: '1' }], businessDate: '2017-03-01' }
  const order = { customerId, ...line, confirmed: true, ownerId: agent.id }
  await expect(orders.createOrder({ ...order, recordedFor: invented }, importer.as())).rejects.toMatchObject(refusal)
  const { paymentRequestId } = await orders.createOrder({ ...order, recordedFor: agent.id }, importer.as())
  const payment = {
    customerId,
    amount: yuan('1000.00'),
    method: Payment_Method_Kind.TRANSFER,
    allocations: [{ paymentRequestId: paymentRequestId!, amount: yuan('1000.00') }],
    receivedOn: '2017-03-01',
    confirmed: true,
  }
  await expect(payments.createPayment({ ...payment, recordedFor: invented }, importer.as())).rejects.toMatchObject(
    refusal,
  )
})

test('a migration records a load that has left and arrived in one call, and nobody else may', async () => {
  const order = await migratedOrder('1000.00')
  await collect(order.orderId)
  await orders.releaseOrder({ orderId: order.orderId }, importer.as())
  const done = { orderId: order.orderId, shippedOn: '2017-03-02', deliveredOn: '2017-03-05' }
  await expect(shipments.createShipment(done, agent.as())).rejects.toMatchObject({ code: 'migration_needed' })
  const unshipped = { orderId: order.orderId, deliveredOn: '2017-03-05' }
  await expect(shipments.createShipment(unshipped, importer.as())).rejects.toMatchObject({
    code: 'delivered_before_shipped',
  })
  for (const [field, days] of [
    ['shippedOn', { shippedOn: '2016-01-01' }],
    ['deliveredOn', { deliveredOn: '2017-03-01' }],
  ] as const) {
    await expect(shipments.createShipment({ ...done, ...days }, importer.as())).rejects.toMatchObject({
      code: 'dates_crossed',
      violations: [{ field }],
    })
  }
  const shipment = await shipments.createShipment(done, importer.as())
  expect(shipment).toMatchObject({ shippedOn: '2017-03-02', deliveredOn: '2017-03-05' })
  expect(await orders.getOrder({ orderId: order.orderId }, importer.as())).toMatchObject({
    status: Order_Status.DELIVERED,
  })
  expect(await stage.namesOf(shipment.shipmentId)).toEqual(['ShipmentPlanned', 'ShipmentShipped', 'ShipmentDelivered'])
})
