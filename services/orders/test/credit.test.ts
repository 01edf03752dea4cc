import { create } from '@bufbuild/protobuf'
import {
  CreditLimitSetSchema,
  CustomerChangedSchema,
} from '@saleswright/contracts/saleswright/customers/v1/events_pb.ts'
import type { ExposureChanged } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { Payment_Method_Kind } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Payment_Terms, Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { EAST, openStage, ROOT, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, shipments } = stage
const { rep, finance, order, accepted, billsOf, openOf, pay, giveBack, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })

const onCredit = (creditLimit: string) => stage.customers.file({ ownerId: rep.id, creditLimit })
const setLimit = async (customerId: string, limit: string, currencyCode = 'CNY') => {
  const known = { customerId, name: 'K', status: 'active', grade: 'key', ownerId: rep.id, unitId: EAST }
  await stage.customers.tell(customerId, create(CustomerChangedSchema, { ...known, orgPath: [ROOT, EAST] }))
  const event = {
    customerId,
    limit: { ...yuan(limit), currencyCode },
    validFrom: '2026-01-01',
    validUntil: '2027-01-01',
  }
  await stage.customers.tell(customerId, create(CreditLimitSetSchema, event))
  await stage.hosted.drained()
}
const exposures = async (customerId: string) =>
  (await stage.told())
    .filter(({ $typeName }) => $typeName.endsWith('ExposureChanged'))
    .map((event) => event as unknown as ExposureChanged)
    .filter((event) => event.customerId === customerId)
    .map(({ cause, exposure }) => [cause, exposure!.amount])
const take = (customerId: string, quantity = '1') => order({ sku, customerId, quantity, confirmed: true })
const released = async (customerId: string, quantity = '1') => {
  const { orderId } = await take(customerId, quantity)
  await orders.acknowledgeStock({ orderId }, rep.as())
  return orders.releaseOrder({ orderId }, finance.as())
}

describe('R240, R241: credit', () => {
  test('is taken where a limit is in force, and prepaying is the rule', async () => {
    expect((await take(onCredit('500.00'))).paymentTerms).toBe(Order_Payment_Terms.CREDIT)
    const prepays = stage.customers.file({ ownerId: rep.id })
    expect((await take(prepays)).paymentTerms).toBe(Order_Payment_Terms.PREPAY)
    await expect(
      order({ sku, customerId: prepays, confirmed: true, paymentTerms: Order_Payment_Terms.CREDIT }),
    ).rejects.toMatchObject({ code: 'credit_limit_exceeded' })
  })

  test('reaches exactly to its limit', async () => {
    const customerId = onCredit('300.00')
    await take(customerId, '3')
    await expect(take(customerId)).rejects.toMatchObject({
      code: 'credit_limit_exceeded',
      params: { limit: '300.00', exposure: '300.00', more: '100.00' },
    })
  })

  test('F12: thirty orders at once never go beyond it', { timeout: 60_000 }, async () => {
    const customerId = onCredit('1000.00')
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => take(customerId)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect((await exposures(customerId)).at(-1)).toEqual(['order_confirmed', '1000.00'])
  })

  test('lives on: billed by the shipment, freed by the payment, given back by the refund', async () => {
    const customerId = onCredit('500.00')
    const { orderId, status } = await released(customerId, '3')
    expect(status).toBe(Order_Status.RELEASED)
    expect(await billsOf(orderId)).toEqual([])
    await shipAll(orderId)
    const [bill] = await billsOf(orderId)
    expect(bill).toMatchObject({ amount: yuan('300.00'), billedOn: TODAY, dueOn: '2026-04-09' })
    const { paymentId } = await pay(orderId, '100.00')
    await giveBack(paymentId, { allocations: [{ receivableId: bill!.receivableId, amount: yuan('40.00') }] })
    expect(await exposures(customerId)).toEqual([
      ['order_confirmed', '300.00'],
      ['payment', '200.00'],
      ['refund', '240.00'],
    ])
  })

  test('is given back by who cancels', async () => {
    const customerId = onCredit('500.00')
    const { orderId } = await released(customerId, '2')
    await orders.cancelOrder({ orderId, reason: '取消' }, rep.as())
    expect(await exposures(customerId)).toEqual([
      ['order_confirmed', '200.00'],
      ['order_cancelled', '0.00'],
    ])
  })

  test('a part of the order is a part of the bill', async () => {
    const { orderId } = await released(onCredit('500.00'), '3')
    const { shipmentId } = await shipments.createShipment({ orderId, lines: [{ lineNo: 1, quantity: '1' }] }, rep.as())
    await shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    await shipAll(orderId)
    expect((await billsOf(orderId)).map(({ amount }) => amount!.amount).toSorted()).toEqual(['100.00', '200.00'])
  })
})

describe('money that lies on account', () => {
  test('of an order that was paid and cancelled, until it is given back', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const { orderId } = await accepted({ sku, customerId })
    const { paymentId } = await pay(orderId, '100.00')
    await orders.cancelOrder({ orderId, reason: '取消' }, rep.as())
    await giveBack(paymentId, { onAccount: yuan('60.00') })
    expect(await exposures(customerId)).toEqual([
      ['order_cancelled', '-100.00'],
      ['refund', '-40.00'],
    ])
  })

  test('of a payment that no bill has all of', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const { orderId } = await accepted({ sku, customerId })
    const { target } = await openOf(orderId)
    const payment = {
      customerId,
      amount: yuan('130.00'),
      method: Payment_Method_Kind.CASH,
      allocations: [{ ...target, amount: yuan('100.00') }],
      receivedOn: TODAY,
    }
    const { paymentId } = await stage.payments.createPayment(payment, rep.as())
    await stage.payments.confirmPayment({ paymentId }, finance.as())
    expect(await exposures(customerId)).toEqual([['payment', '-30.00']])
  })

  test('is not what a payment request waits for, until its order is cancelled', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const { orderId } = await accepted({ sku, customerId })
    await pay(orderId, '40.00')
    expect(await exposures(customerId)).toEqual([])
    await orders.cancelOrder({ orderId, reason: '取消' }, rep.as())
    expect(await exposures(customerId)).toEqual([['order_cancelled', '-40.00']])
  })
})

test('L7: whatever happens at once, the exposure is what the records come to', { timeout: 60_000 }, async () => {
  const customerId = onCredit('100000.00')
  const lives = Array.from({ length: 12 }, async (_, index) => {
    const { orderId } = await released(customerId, '2')
    if (index % 4 === 0) return orders.cancelOrder({ orderId, reason: '取消' }, rep.as())
    if (index % 4 === 1) return orders.holdOrder({ orderId, reason: '等待' }, rep.as())
    await shipAll(orderId)
    return index % 4 === 2 ? pay(orderId, '50.00') : pay(orderId, '200.00')
  })
  await Promise.all(lives)
  // Three held orders of 200, three bills with 150 left, three with nothing.
  expect((await exposures(customerId)).at(-1)?.[1]).toBe('1050.00')
})

describe('R241: a limit that changes', () => {
  test('is heard of, and is asked for before anything is refused', async () => {
    const customerId = onCredit('100.00')
    await setLimit(customerId, '100.00')
    await take(customerId)
    // The file knows more than the copy.
    stage.customers.file({ ownerId: rep.id, creditLimit: '200.00' }, customerId)
    await take(customerId)
    await expect(take(customerId)).rejects.toMatchObject({ params: { limit: '200.00' } })
  })

  test('tells who stands above it, and lets nothing more leave the house', async () => {
    const customerId = onCredit('500.00')
    await setLimit(customerId, '500.00')
    const { orderId } = await released(customerId, '3')
    const waiting = await take(customerId, '2')
    await orders.holdOrder({ orderId: waiting.orderId, reason: '等待' }, rep.as())
    stage.customers.file({ ownerId: rep.id, creditLimit: '200.00' }, customerId)
    await setLimit(customerId, '200.00')
    expect((await exposures(customerId)).at(-1)).toEqual(['limit_lowered', '500.00'])
    await expect(shipAll(orderId)).rejects.toMatchObject({ code: 'credit_limit_exceeded' })
    await expect(orders.resumeOrder({ orderId: waiting.orderId }, rep.as())).rejects.toMatchObject({
      code: 'credit_limit_exceeded',
    })
  })

  test('to another currency leaves what is owed in the old one without a limit, and is told', async () => {
    const customerId = onCredit('500.00')
    await setLimit(customerId, '500.00')
    await take(customerId, '3')
    await setLimit(customerId, '500.00', 'USD')
    expect((await exposures(customerId)).at(-1)).toEqual(['limit_lowered', '300.00'])
  })

  test('says nothing of who owes nothing', async () => {
    const customerId = onCredit('500.00')
    const { orderId } = await accepted({ sku, customerId, paymentTerms: Order_Payment_Terms.PREPAY })
    await pay(orderId, '100.00')
    await orders.cancelOrder({ orderId, reason: '取消' }, rep.as())
    await setLimit(customerId, '500.00')
    await setLimit(customerId, '500.00', 'USD')
    expect((await exposures(customerId)).at(-1)).toEqual(['order_cancelled', '-100.00'])
  })
})
