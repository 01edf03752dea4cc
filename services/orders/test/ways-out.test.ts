import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import {
  Payment_Status,
  PaymentRequest_Status,
  Receivable_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  Order_Payment_Terms,
  Order_Shortage_Choice,
  Order_Status,
} from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { ProductionRequest_Status } from '@saleswright/contracts/saleswright/orders/v1/production_pb.ts'
import { Shipment_Status } from '@saleswright/contracts/saleswright/orders/v1/shipment_pb.ts'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { TRANSITIONS as ORDER, type Status as OrderStatus } from '../src/order/order.ts'
import { TRANSITIONS as PAYMENT, type Status as PaymentStatus } from '../src/payment/payment.ts'
import { TRANSITIONS as REQUEST, type Status as RequestStatus } from '../src/payment-request/payment-request.ts'
import {
  TRANSITIONS as PRODUCTION,
  type Status as ProductionStatus,
} from '../src/production-request/production-request.ts'
import { TRANSITIONS as RECEIVABLE, type Status as ReceivableStatus } from '../src/receivable/receivable.ts'
import { TRANSITIONS as SHIPMENT, type Status as ShipmentStatus } from '../src/shipment/shipment.ts'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

const stage = await openStage()
const { orders, shipments, payments, paymentRequests, production, receivables } = stage
const { rep, finance, order, accepted, billsOf, record, pay, giveBack } = await selling(stage)
const newGoods = goods(stage, finance)
const sku = await newGoods({ exFactory: '100.00' })
const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '100000.00' })
const { PREPAY, CREDIT } = Order_Payment_Terms

const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}

const draft = async (quantity = '1') => (await order({ sku, customerId, quantity, paymentTerms: PREPAY })).orderId
const submitted = async () => {
  const channelTier = Customer_ChannelTier.DISTRIBUTOR
  const partnerId = stage.customers.file({ ownerId: rep.id, channelTier, agreement: 'sales_confirms' })
  return (await order({ sku, customerId: partnerId }, await stage.partner(partnerId))).orderId
}
const confirm = (orderId: string) => orders.confirmOrder({ orderId }, rep.as())
const acknowledge = (orderId: string) => orders.acknowledgeStock({ orderId }, rep.as())
const acknowledgedOnCredit = async (quantity = '1') =>
  (await accepted({ sku, customerId, quantity, paymentTerms: CREDIT })).orderId
const waiting = async (quantity = '1') => then(await draft(quantity), confirm, acknowledge)
const payAll = async (orderId: string) => pay(orderId, (await orders.getOrder({ orderId }, rep.as())).gross!.amount)
const release = (orderId: string) => orders.releaseOrder({ orderId }, finance.as())
const releasedOrder = async (quantity = '1') => then(await waiting(quantity), payAll, release)
const load = async (orderId: string, quantity?: string) => {
  const lines = quantity === undefined ? [] : [{ lineNo: 1, quantity }]
  return (await shipments.createShipment({ orderId, lines }, rep.as())).shipmentId
}
const ship = (shipmentId: string) => shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
const deliver = (shipmentId: string) => shipments.deliver({ shipmentId }, rep.as())
const withdraw = (shipmentId: string) => shipments.withdrawShipment({ shipmentId, reason: '改期' }, rep.as())
const shipRest = async (orderId: string) => ship(await load(orderId))
const deliverAll = async (orderId: string) => {
  for (const { shipmentId } of (await shipments.listShipments({ orderId }, rep.as())).shipments)
    await deliver(shipmentId)
}
const complete = (orderId: string) => orders.completeOrder({ orderId }, finance.as())
const cancel = (orderId: string) => orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
const hold = (orderId: string) => orders.holdOrder({ orderId, reason: '核对' }, rep.as())
const shipPart = async (orderId: string) => ship(await load(orderId, '1'))

describeWaysOut<OrderStatus>('order', ORDER, {
  ends: ['completed', 'cancelled'],
  into: {
    draft: () => draft(),
    submitted: () => submitted(),
    customer_confirmed: async () => then(await draft(), confirm),
    stock_acknowledged: () => acknowledgedOnCredit(),
    awaiting_funds: () => waiting(),
    released: () => releasedOrder(),
    partially_shipped: async () => then(await releasedOrder('2'), shipPart),
    shipped: async () => then(await releasedOrder(), shipRest),
    delivered: async () => then(await releasedOrder(), shipRest, deliverAll),
    completed: async () => then(await releasedOrder(), shipRest, deliverAll, complete),
    cancelled: async () => then(await draft(), cancel),
    on_hold: async () => then(await releasedOrder(), hold),
  },
  out: {
    draft: confirm,
    submitted: confirm,
    customer_confirmed: acknowledge,
    stock_acknowledged: release,
    awaiting_funds: (orderId) => then(orderId, payAll, release),
    released: shipRest,
    partially_shipped: shipRest,
    shipped: deliverAll,
    delivered: async (orderId) => {
      const { terms } = await orders
        .getOrder({ orderId }, rep.as())
        .then(({ paymentTerms }) => ({ terms: paymentTerms }))
      return terms === CREDIT ? then(orderId, payAll, complete) : complete(orderId)
    },
    on_hold: (orderId) => orders.resumeOrder({ orderId }, rep.as()).then(() => cancel(orderId)),
  },
  statusOf: async (orderId) => wordFor(Order_Status, (await orders.getOrder({ orderId }, rep.as())).status),
})

/** One that another order has not taken from yet. */
const produced = async () => {
  const scarce = await newGoods({ exFactory: '100.00', stock: '1' })
  const asked = { sku: scarce, customerId, quantity: '3', confirmed: true, onShortage: Order_Shortage_Choice.BACKORDER }
  const { orderId } = await order(asked)
  const { productionRequests } = await production.listProductionRequests({ orderId }, rep.as())
  return productionRequests[0]!.productionRequestId
}
const requestOf = (productionRequestId: string) => production.getProductionRequest({ productionRequestId }, rep.as())
const receive = async (id: string) =>
  stage.stock.adjustStock({ sku: (await requestOf(id)).sku, change: '2', reason: '完工入库' }, finance.as())

describeWaysOut<ProductionStatus>('production request', PRODUCTION, {
  ends: ['filled', 'withdrawn'],
  into: {
    open: produced,
    filled: async () => then(await produced(), receive),
    withdrawn: async () => then(await produced(), async (id) => cancel((await requestOf(id)).orderId)),
  },
  out: { open: receive },
  statusOf: async (id) => wordFor(ProductionRequest_Status, (await requestOf(id)).status),
})

const planned = async () => load(await releasedOrder())

describeWaysOut<ShipmentStatus>('shipment', SHIPMENT, {
  ends: ['delivered', 'withdrawn'],
  into: {
    planned,
    shipped: async () => then(await planned(), ship),
    delivered: async () => then(await planned(), ship, deliver),
    withdrawn: async () => then(await planned(), withdraw),
  },
  out: { planned: withdraw, shipped: deliver },
  statusOf: async (shipmentId) =>
    wordFor(Shipment_Status, (await shipments.getShipment({ shipmentId }, rep.as())).status),
})

const recorded = async () => (await record(await waiting(), '100.00')).paymentId
const confirmMoney = (paymentId: string) => payments.confirmPayment({ paymentId }, finance.as())
const giveAllBack = async (paymentId: string) => {
  const { allocations } = await payments.getPayment({ paymentId }, finance.as())
  const parts = allocations.map(({ receivableId, amount }) => ({ receivableId: receivableId!, amount: amount! }))
  return giveBack(paymentId, { allocations: parts })
}
const takeBack = (paymentId: string) => payments.withdrawPayment({ paymentId, reason: '重复登记' }, rep.as())

describeWaysOut<PaymentStatus>('payment', PAYMENT, {
  ends: ['refunded', 'withdrawn'],
  into: {
    recorded,
    confirmed: async () => then(await recorded(), confirmMoney),
    refunded: async () => then(await recorded(), confirmMoney, giveAllBack),
    withdrawn: async () => then(await recorded(), takeBack),
  },
  out: { recorded: confirmMoney, confirmed: giveAllBack },
  statusOf: async (paymentId) =>
    wordFor(Payment_Status, (await payments.getPayment({ paymentId }, finance.as())).status),
})

const orderOf = async (paymentRequestId: string) =>
  (await paymentRequests.getPaymentRequest({ paymentRequestId }, finance.as())).orderId
const asked = async () => (await orders.getOrder({ orderId: await waiting() }, rep.as())).paymentRequestId!

describeWaysOut<RequestStatus>('payment request', REQUEST, {
  ends: ['covered', 'cancelled'],
  into: {
    open: asked,
    covered: async () => then(await asked(), async (id) => payAll(await orderOf(id))),
    cancelled: async () => then(await asked(), async (id) => cancel(await orderOf(id))),
  },
  out: { open: async (id) => cancel(await orderOf(id)) },
  statusOf: async (paymentRequestId) =>
    wordFor(
      PaymentRequest_Status,
      (await paymentRequests.getPaymentRequest({ paymentRequestId }, finance.as())).status,
    ),
})

const billed = async () => {
  const orderId = await then(await acknowledgedOnCredit(), release, shipRest)
  return (await billsOf(orderId))[0]!.receivableId
}
const billedFor = async (receivableId: string) =>
  (await receivables.getReceivable({ receivableId }, finance.as())).orderId
const short = async (receivableId: string) => pay(await billedFor(receivableId), '99.98')
const giveUp = (receivableId: string) => receivables.writeOffReceivable({ receivableId, reason: '尾差' }, finance.as())

describeWaysOut<ReceivableStatus>('receivable', RECEIVABLE, {
  ends: ['collected', 'cancelled', 'written_off'],
  into: {
    open: async () => then(await billed(), short),
    collected: async () => then(await billed(), async (id) => payAll(await billedFor(id))),
    cancelled: async () => {
      const orderId = await then(await waiting(), payAll)
      const [bill] = await billsOf(orderId)
      await cancel(orderId)
      return bill!.receivableId
    },
    written_off: async () => then(await billed(), short, giveUp),
  },
  out: { open: giveUp },
  statusOf: async (receivableId) =>
    wordFor(Receivable_Status, (await receivables.getReceivable({ receivableId }, finance.as())).status),
})

describe('a planned shipment that is withdrawn', () => {
  test('frees its lines, so that they can be planned again', async () => {
    const orderId = await releasedOrder('2')
    const shipmentId = await load(orderId)
    await expect(load(orderId)).rejects.toMatchObject({ code: 'nothing_to_ship' })
    const withdrawn = await withdraw(shipmentId)
    expect(withdrawn.status).toBe(Shipment_Status.WITHDRAWN)
    expect(await withdraw(shipmentId)).toEqual(withdrawn)
    await expect(ship(shipmentId)).rejects.toMatchObject({ code: 'shipment_is_withdrawn' })
    expect(await shipments.createShipment({ orderId }, rep.as())).toMatchObject({ lines: [{ quantity: '2' }] })
  })

  test('goes with its order when that is cancelled', async () => {
    const orderId = await releasedOrder()
    const shipmentId = await load(orderId)
    await cancel(orderId)
    expect((await shipments.getShipment({ shipmentId }, rep.as())).status).toBe(Shipment_Status.WITHDRAWN)
    expect(await stage.namesOf(shipmentId)).toEqual(['ShipmentPlanned', 'ShipmentWithdrawn'])
  })

  test('has not left: what has left is not withdrawn', async () => {
    const id = await then(await planned(), ship)
    await expect(withdraw(id)).rejects.toMatchObject({ code: 'shipment_is_shipped' })
  })
})

test('a payment that was withdrawn is not confirmed any more', async () => {
  const paymentId = await then(await recorded(), takeBack)
  await expect(confirmMoney(paymentId)).rejects.toMatchObject({ code: 'payment_is_withdrawn' })
  expect(await payments.getPayment({ paymentId }, finance.as())).toMatchObject({ amount: yuan('100.00') })
})
