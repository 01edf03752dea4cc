import { create } from '@bufbuild/protobuf'
import {
  ApprovalDecidedSchema,
  ApprovalDecision_Verdict,
  type ApprovalNeeded,
} from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { CustomerHandedOverSchema } from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { Order_PriceApproval_State, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { OrgUnitChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { COMPANY, EAST, everything, openStage, ROOT, WEST } from './stage.ts'

const stage = await openStage()
const { orders } = stage
const { rep, finance, order, accepted, record } = await selling(stage)
const newGoods = goods(stage, finance)
const requestsOf = async (orderId: string, who = finance) =>
  (await stage.paymentRequests.listPaymentRequests({ orderId }, who.as())).paymentRequests
const sku = await newGoods({ exFactory: '100.00', floors: ['90.00', '80.00'] })
const customerId = stage.customers.file({ ownerId: rep.id })
const get = (orderId: string, who = rep) => orders.getOrder({ orderId }, who.as())

describe('R163: a decision about a price', () => {
  const underFloor = async () => {
    const lines = [{ sku, quantity: '1', agreedUnitPrice: yuan('85.00') }]
    const taken = await order({ sku, customerId, lines, confirmed: true })
    const needed = (await stage.told()).find(
      (event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === taken.orderId,
    ) as unknown as ApprovalNeeded
    return { ...taken, needed }
  }
  const decide = async ({ subject, caseId, contentHash }: ApprovalNeeded, decision: ApprovalDecision_Verdict) => {
    const decided = { subject, caseId, contentHash, decision, companyId: COMPANY, deciderId: newId() }
    await stage.organization.tell(newId(), create(ApprovalDecidedSchema, decided))
    await stage.hosted.drained()
  }

  test('about other content does not count', async () => {
    const { orderId, needed } = await underFloor()
    await decide({ ...needed, contentHash: 'another' }, ApprovalDecision_Verdict.APPROVED)
    expect(await get(orderId)).toMatchObject({ priceApproval: Order_PriceApproval_State.PENDING })
  })

  test('that says no ends it there', async () => {
    const { orderId, needed } = await underFloor()
    await decide(needed, ApprovalDecision_Verdict.REJECTED)
    expect(await get(orderId)).toMatchObject({
      status: Order_Status.DRAFT,
      priceApproval: Order_PriceApproval_State.REJECTED,
    })
    await expect(orders.confirmOrder({ orderId }, rep.as())).rejects.toMatchObject({ code: 'price_rejected' })
  })

  test('that says yes lets the customer’s word count; told twice, it counts once', async () => {
    const { orderId, needed } = await underFloor()
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(orderId)).toMatchObject({ status: Order_Status.CUSTOMER_CONFIRMED })
    expect(await stage.namesOf(orderId)).toEqual([
      'OrderCreated',
      'ApprovalNeeded',
      'OrderPriceDecided',
      'OrderConfirmed',
    ])
    await orders.acknowledgeStock({ orderId }, rep.as())
    expect((await requestsOf(orderId))[0]).toMatchObject({ amount: yuan('85.00') })
  })

  test('that comes after the order was cancelled changes nothing', async () => {
    const { orderId, needed } = await underFloor()
    await orders.cancelOrder({ orderId, reason: '客户放弃' }, rep.as())
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(orderId)).toMatchObject({
      status: Order_Status.CANCELLED,
      priceApproval: Order_PriceApproval_State.PENDING,
    })
    expect(await stage.namesOf(orderId)).not.toContain('OrderPriceDecided')
  })

  test('that comes while the order is held is kept, and the order goes on when it is resumed and confirmed', async () => {
    const { orderId, needed } = await underFloor()
    await orders.holdOrder({ orderId, reason: '等客户' }, rep.as())
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(orderId)).toMatchObject({
      status: Order_Status.ON_HOLD,
      priceApproval: Order_PriceApproval_State.APPROVED,
    })
    expect(await orders.resumeOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.DRAFT })
    expect(await orders.confirmOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.CUSTOMER_CONFIRMED })
  })

  test('where stock is short by then, the order stays an approved draft', async () => {
    const scarce = await newGoods({ exFactory: '100.00', floors: ['90.00', '80.00'], stock: '1' })
    const lines = [{ sku: scarce, quantity: '1', agreedUnitPrice: yuan('85.00') }]
    const { orderId } = await order({ sku, customerId, lines, confirmed: true })
    const needed = (await stage.told()).find(
      (event) => event.$typeName.endsWith('ApprovalNeeded') && event.aggregateId === orderId,
    ) as unknown as ApprovalNeeded
    await order({ sku: scarce, customerId, confirmed: true })
    await decide(needed, ApprovalDecision_Verdict.APPROVED)
    expect(await get(orderId)).toMatchObject({
      status: Order_Status.DRAFT,
      priceApproval: Order_PriceApproval_State.APPROVED,
    })
    await expect(orders.confirmOrder({ orderId }, rep.as())).rejects.toMatchObject({ code: 'stock_short' })
  })
})

describe('R137: open orders follow their customer', () => {
  test('to the new owner, whoever had them, with what is owed; what is closed stays', async () => {
    const ours = stage.customers.file({ ownerId: rep.id })
    const open = await accepted({ sku, customerId: ours })
    const closed = await order({ sku, customerId: ours })
    await orders.cancelOrder({ orderId: closed.orderId, reason: '取消' }, rep.as())
    const colleague = await stage.someone(everything('self'))
    const theirs = await order({ sku, customerId: ours }, colleague)
    const heir = await stage.someone(everything('self'), [ROOT, WEST])
    const handed = { customerId: ours, fromPersonId: rep.id, toPersonId: heir.id, reason: '调岗' }
    await stage.customers.tell(ours, create(CustomerHandedOverSchema, handed))
    await stage.hosted.drained()
    expect(await get(open.orderId, heir)).toMatchObject({ ownerId: heir.id, unitId: WEST })
    expect(await requestsOf(open.orderId, heir)).toHaveLength(1)
    expect(await get(theirs.orderId, heir)).toMatchObject({ ownerId: heir.id })
    expect(await get(closed.orderId)).toMatchObject({ ownerId: rep.id })
  })

  test('with the loads that are still to arrive and the money that nobody has confirmed yet', async () => {
    const ours = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
    const { orderId } = await order({ sku, customerId: ours, quantity: '2', confirmed: true })
    await orders.acknowledgeStock({ orderId }, rep.as())
    await orders.releaseOrder({ orderId }, finance.as())
    const half = { orderId, lines: [{ lineNo: 1, quantity: '1' }] }
    const first = await stage.shipments.createShipment(half, rep.as())
    await stage.shipments.ship({ shipmentId: first.shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    await stage.shipments.deliver({ shipmentId: first.shipmentId }, rep.as())
    const second = await stage.shipments.createShipment(half, rep.as())
    const { paymentId } = await record(orderId, '100.00')
    const heir = await stage.someone(everything('self'), [ROOT, WEST])
    const handed = { customerId: ours, fromPersonId: rep.id, toPersonId: heir.id, reason: '调岗' }
    await stage.customers.tell(ours, create(CustomerHandedOverSchema, handed))
    await stage.hosted.drained()
    const load = { shipmentId: second.shipmentId, photoIds: [stage.gateway.upload()] }
    expect(await stage.shipments.ship(load, heir.as())).toMatchObject({ orderId })
    expect(await stage.payments.getPayment({ paymentId }, heir.as())).toMatchObject({ paymentId })
    // What has arrived is closed, and keeps its place.
    const arrived = stage.shipments.getShipment({ shipmentId: first.shipmentId }, heir.as())
    await expect(arrived).rejects.toMatchObject({ code: 'shipment_not_found' })
    expect(await stage.namesOf(second.shipmentId)).toEqual(['ShipmentPlanned', 'ShipmentHandedOver', 'ShipmentShipped'])
    expect((await stage.told(second.shipmentId)).at(-1)).toMatchObject({ ownerId: heir.id, orgPath: [ROOT, WEST] })
    expect(await stage.namesOf(paymentId)).toEqual(['PaymentRecorded', 'PaymentHandedOver'])
  })

  test('and their unit where it moves', async () => {
    const unit = newId()
    const mover = await stage.someone(everything('subtree'), [ROOT, EAST, unit])
    const { orderId } = await order({ sku, customerId, confirmed: true }, mover)
    const westerner = await stage.someone(everything('subtree'), [ROOT, WEST])
    await expect(get(orderId, westerner)).rejects.toMatchObject({ code: 'order_not_found' })
    const moved = { orgUnitId: unit, name: '二部', parentId: WEST, path: [ROOT, WEST, unit] }
    await stage.organization.tell(unit, create(OrgUnitChangedSchema, moved))
    await stage.hosted.drained()
    expect(await get(orderId, westerner)).toMatchObject({ unitId: unit })
    await stage.organization.tell(unit, create(OrgUnitChangedSchema, moved))
    expect((await stage.namesOf(orderId)).filter((name) => name === 'OrderHandedOver')).toHaveLength(1)
  })
})
