import { create } from '@bufbuild/protobuf'
import { Customer_ChannelTier } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import {
  CustomerChangedSchema,
  PartnerAgreementsSetSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { Availability_Band } from '@saleswright/contracts/saleswright/orders/v1/stock_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage } from './stage.ts'

const stage = await openStage()
const { orders } = stage
const { rep, finance, order } = await selling(stage)
const newGoods = goods(stage, finance)
const sku = await newGoods({ wholesale: '80.00', stock: '50' })
const DISTRIBUTOR = Customer_ChannelTier.DISTRIBUTOR

const aPartner = async (agreement: 'automatic' | 'sales_confirms' | 'none', creditLimit?: string) => {
  const customerId = stage.customers.file({
    ownerId: rep.id,
    channelTier: DISTRIBUTOR,
    agreement,
    ...(creditLimit !== undefined && { creditLimit }),
  })
  return { customerId, who: await stage.partner(customerId) }
}
const reservedOf = async () => (await stage.stock.getStockItem({ sku }, finance.as())).reserved

describe('decision 47: an order of a partner', () => {
  test('waits for who owns the customer, and nothing is reserved before', async () => {
    const { customerId, who } = await aPartner('sales_confirms')
    const before = await reservedOf()
    const { orderId, status } = await order({ sku, customerId, quantity: '2' }, who)
    expect([status, await reservedOf()]).toEqual([Order_Status.SUBMITTED, before])
    expect(await stage.namesOf(orderId)).toEqual(['OrderCreated', 'OrderSubmitted'])
    const listed = await orders.listOrders({ status: Order_Status.SUBMITTED, ownerId: rep.id }, rep.as())
    expect(listed.orders.map((one) => one.orderId)).toContain(orderId)
    await expect(orders.confirmOrder({ orderId }, who.as())).rejects.toMatchObject({ code: 'order_is_submitted' })
    expect(await orders.confirmOrder({ orderId }, rep.as())).toMatchObject({ status: Order_Status.AWAITING_FUNDS })
    expect(Number(await reservedOf())).toBe(Number(before) + 2)
  })

  test('is cancelled while it waits by the partner or the owner, and gives nothing back', async () => {
    const { customerId, who } = await aPartner('sales_confirms')
    const before = await reservedOf()
    for (const canceller of [who, rep]) {
      const { orderId } = await order({ sku, customerId }, who)
      const cancelled = await orders.cancelOrder({ orderId, reason: '不需要了' }, canceller.as())
      expect(cancelled).toMatchObject({ status: Order_Status.CANCELLED })
    }
    expect(await reservedOf()).toBe(before)
  })

  test('is confirmed at once where the agreement says so, and waits where stock or credit do not allow it', async () => {
    const { customerId, who } = await aPartner('automatic')
    expect(await order({ sku, customerId }, who)).toMatchObject({ status: Order_Status.AWAITING_FUNDS })
    expect(await order({ sku, customerId, quantity: '5000' }, who)).toMatchObject({ status: Order_Status.SUBMITTED })
    const limited = await aPartner('automatic', '100.00')
    const beyond = await order({ sku, customerId: limited.customerId, quantity: '2' }, limited.who)
    expect(beyond).toMatchObject({ status: Order_Status.SUBMITTED })
  })

  test('is refused without an active agreement, and taken from the day on which one begins', async () => {
    const { customerId, who } = await aPartner('none')
    await expect(order({ sku, customerId }, who)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'agreement_missing',
    })
    expect(await order({ sku, customerId })).toMatchObject({ status: Order_Status.DRAFT })
    const file = { customerId, ownerId: rep.id, channelTier: 'distributor' }
    const agreed = (activeFrom: string, activeUntil?: string) =>
      stage.customers.tell(
        customerId,
        create(PartnerAgreementsSetSchema, {
          customerId,
          agreements: [
            {
              tier: 'distributor',
              orderIntake: 'automatic',
              activeFrom,
              ...(activeUntil !== undefined && { activeUntil }),
            },
          ],
        }),
      )
    await stage.customers.tell(customerId, create(CustomerChangedSchema, file))
    await agreed('2026-03-11')
    await stage.hosted.drained()
    await expect(order({ sku, customerId }, who)).rejects.toMatchObject({ code: 'agreement_missing' })
    await agreed('2026-03-10', '2026-03-11')
    await stage.hosted.drained()
    expect(await order({ sku, customerId }, who)).toMatchObject({ status: Order_Status.AWAITING_FUNDS })
  })

  test('cannot be kept as a draft', async () => {
    const { customerId, who } = await aPartner('automatic')
    await expect(order({ sku, customerId, confirmed: false }, who)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'drafts_not_possible',
      violations: [{ field: 'confirmed' }],
    })
    expect(await order({ sku, customerId, confirmed: true }, who)).toMatchObject({ partnerId: customerId })
  })
})

describe('refusals tell nothing that the caller may not read', () => {
  test('neither stock to who may not read stock', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const short = { sku, customerId, quantity: '5000', confirmed: true }
    const blind = await stage.someone(everything('company', 'stock.read'))
    await expect(order(short, blind)).rejects.toMatchObject({ code: 'stock_short', params: { sku, wanted: '5000' } })
    const refused = await order(short, blind).catch((error: unknown) => error as { params: object })
    expect(Object.keys((refused as { params: object }).params)).toEqual(['sku', 'wanted'])
    await expect(order(short)).rejects.toMatchObject({ params: { available: expect.any(String) } })
  })

  test('nor limit and exposure of a customer to who may not read the customer', async () => {
    const owner = await stage.someone(everything('self'))
    const customerId = stage.customers.file({ ownerId: owner.id, creditLimit: '50.00' })
    const beyond = { sku, customerId, confirmed: true }
    const refusal = async (grants: readonly string[]) => {
      const who = await stage.someone([...everything('company'), ...grants])
      return order(beyond, who).catch((error: unknown) => error as { code: string; params: object })
    }
    for (const grants of [[], ['customers.read@self']]) {
      expect(await refusal(grants)).toMatchObject({ code: 'credit_limit_exceeded' })
      expect(((await refusal(grants)) as { params: object }).params).toEqual({ customerId })
    }
    expect(await refusal(['customers.read@subtree'])).toMatchObject({ params: { limit: '50.00', exposure: '0.00' } })
  })
})

describe('decision 48: availability', () => {
  const shown = async (who: typeof rep, of: string) =>
    (await stage.stock.listAvailability({ sku: of }, who.as())).availability

  test('is banded for partners, and exact for staff', async () => {
    const few = await newGoods({ stock: '9' })
    const none = await newGoods({ stock: '0' })
    const made = await newGoods({})
    const { who } = await aPartner('automatic')
    const bands = await Promise.all([sku, few, none, made].map((of) => shown(who, of)))
    const { IN_STOCK, FEW, OUT_OF_STOCK, MADE_TO_ORDER } = Availability_Band
    expect(bands.map(([one]) => [one?.band, one?.available])).toEqual([
      [IN_STOCK, undefined],
      [FEW, undefined],
      [OUT_OF_STOCK, undefined],
      [MADE_TO_ORDER, undefined],
    ])
    const clerk = await stage.someone(['availability.read@company'])
    expect(await shown(clerk, few)).toMatchObject([{ band: FEW, available: '9' }])
    await expect(stage.stock.getStockItem({ sku: few }, who.as())).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

test('nobody orders for another partner, whatever their agreement says', async () => {
  const { who } = await aPartner('automatic')
  const other = await aPartner('automatic')
  await expect(order({ sku, customerId: other.customerId }, who)).rejects.toMatchObject({ code: 'customer_not_found' })
  await expect(order({ sku, customerId: newId() }, who)).rejects.toMatchObject({ code: 'customer_not_found' })
})
