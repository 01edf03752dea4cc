import type { PaymentAllocated } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  Payment_Method_Kind,
  Payment_Status,
  PaymentRequest_Status,
  Receivable_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { moneyOf } from './money-told.ts'
import { selling } from './selling.ts'
import { everything, openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments } = stage
const { rep, finance, cashier, order, accepted, billsOf, openOf, record, pay, giveBack, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '99.99', taxRate: '0.13' })
const customerId = stage.customers.file({ ownerId: rep.id })
const { toldOf, requestsOf, minorOf, ledgerOf } = moneyOf(stage, finance)
const confirmed = () => accepted({ sku, customerId })

describe('R222: prepaying', () => {
  test('R213: nothing is billed before the customer has accepted what is available', async () => {
    const { orderId, status } = await order({ sku, customerId, confirmed: true })
    expect(status).toBe(Order_Status.CUSTOMER_CONFIRMED)
    expect([await billsOf(orderId), await ledgerOf(orderId)]).toEqual([[], []])
    await orders.acknowledgeStock({ orderId }, rep.as())
    await orders.acknowledgeStock({ orderId }, rep.as())
    expect(await requestsOf(orderId)).toHaveLength(1)
    expect([await billsOf(orderId), await ledgerOf(orderId)]).toEqual([[], []])
  })

  test('the money is asked for when the funds are awaited, with a number and a due date, and not billed', async () => {
    const { orderId, orderNo, status, paymentRequestId } = await confirmed()
    expect(status).toBe(Order_Status.AWAITING_FUNDS)
    expect(await requestsOf(orderId)).toMatchObject([
      {
        paymentRequestId,
        requestNo: orderNo.replace('SO-', 'PR-'),
        orderNo,
        status: PaymentRequest_Status.OPEN,
        amount: yuan('112.99'),
        received: yuan('0.00'),
        missing: yuan('112.99'),
        requestedOn: TODAY,
        dueOn: '2026-03-17',
      },
    ])
    expect([await billsOf(orderId), await ledgerOf(orderId)]).toEqual([[], []])
  })

  test('money in parts is unapplied cash until all is there; the last part bills, collects and allocates at once', async () => {
    const { orderId } = await confirmed()
    const first = await pay(orderId, '60.00')
    expect(first).toMatchObject({ onAccount: yuan('60.00'), allocations: [{ applied: yuan('0.00') }] })
    expect(await requestsOf(orderId)).toMatchObject([{ received: yuan('60.00'), missing: yuan('52.99') }])
    expect([await billsOf(orderId), await toldOf('PaymentAllocated', orderId)]).toEqual([[], []])
    const { paymentId } = await record(orderId, '52.99')
    await stage.payments.confirmPayment({ paymentId }, finance.as())
    const [bill] = await billsOf(orderId)
    expect(bill).toMatchObject({ status: Receivable_Status.COLLECTED, amount: yuan('112.99'), billedOn: TODAY })
    expect(await requestsOf(orderId)).toMatchObject([
      { status: PaymentRequest_Status.COVERED, receivableId: bill!.receivableId },
    ])
    expect(await payments.getPayment({ paymentId: first.paymentId }, finance.as())).toMatchObject({
      onAccount: yuan('0.00'),
      allocations: [{ receivableId: bill!.receivableId, applied: yuan('60.00') }],
    })
    const allocated = await toldOf<PaymentAllocated>('PaymentAllocated', orderId)
    const told = allocated.map(({ amount, allocatedOn }) => `${amount!.amount} ${allocatedOn}`)
    expect(told.toSorted()).toEqual([`52.99 ${TODAY}`, `60.00 ${TODAY}`])
    expect(allocated.map(({ paymentPlace }) => paymentPlace?.ownerId)).toEqual(allocated.map(({ ownerId }) => ownerId))
    expect(await ledgerOf(orderId)).toEqual(['ALLOCATION 52.99', 'ALLOCATION 60.00', 'BILL 112.99'])
  })

  test('nothing is released before all of the money is confirmed', async () => {
    const { orderId } = await confirmed()
    await pay(orderId, '112.98')
    await expect(orders.releaseOrder({ orderId }, finance.as())).rejects.toMatchObject({ code: 'funds_missing' })
    await expect(orders.confirmFunds({ orderId }, finance.as())).rejects.toMatchObject({
      code: 'funds_missing',
      params: { missing: '0.01' },
    })
    await pay(orderId, '0.01')
    expect(await orders.confirmFunds({ orderId }, finance.as())).toMatchObject({ collected: yuan('112.99') })
    expect(await orders.releaseOrder({ orderId }, finance.as())).toMatchObject({ status: Order_Status.RELEASED })
  })

  test('the slip of a payment is a file that is there, and of no other payment', async () => {
    const { orderId } = await confirmed()
    const slip = stage.gateway.upload()
    expect(await record(orderId, '1.00', rep, { slipFileId: slip })).toMatchObject({ slipFileId: slip })
    expect(stage.gateway.claims()).toContainEqual([slip])
    for (const [slipFileId, rule] of Object.entries({ [newId()]: 'file_unknown', [slip]: 'file_taken' })) {
      const violations = [{ field: 'slipFileId', rule }]
      await expect(record(orderId, '1.00', rep, { slipFileId })).rejects.toMatchObject({ code: rule, violations })
    }
  })

  test('the net of what is paid in parts adds up to the net of the order', async () => {
    const { orderId, net } = await confirmed()
    for (const part of ['33.33', '0.01', '50.00', '29.65']) await pay(orderId, part)
    const allocations = await toldOf<PaymentAllocated>('PaymentAllocated', orderId)
    const sum = (field: 'amount' | 'net') =>
      allocations.reduce((total, allocation) => total + minorOf(allocation[field]!.amount), 0)
    expect([sum('amount'), sum('net')]).toEqual([11_299, minorOf(net!.amount)])
    expect(allocations[0]).toMatchObject({ ownerId: rep.id, allocatedOn: TODAY, customerId })
  })
})

describe('R214: the ledger has a line for each bill', () => {
  test('of each shipment on credit, with what was billed, and the lines come to what is owed', async () => {
    const buyer = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
    const { orderId } = await order({ sku, customerId: buyer, quantity: '3', confirmed: true })
    await orders.acknowledgeStock({ orderId }, rep.as())
    await orders.releaseOrder({ orderId }, finance.as())
    expect(await ledgerOf(orderId)).toEqual([])
    const part = { orderId, lines: [{ lineNo: 1, quantity: '1' }] }
    const { shipmentId } = await stage.shipments.createShipment(part, rep.as())
    await stage.shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
    await shipAll(orderId)
    await pay(orderId, '100.00')
    const bills = await billsOf(orderId)
    const billed = bills.map(({ amount }) => `BILL ${amount!.amount}`).toSorted()
    expect(await ledgerOf(orderId)).toEqual(['ALLOCATION 100.00', ...billed])
    const open = bills.reduce((sum, bill) => sum + minorOf(bill.open!.amount), 0)
    expect(open).toBe(bills.reduce((sum, { amount }) => sum + minorOf(amount!.amount), 0) - 10_000)
    expect(bills.reduce((sum, { amount }) => sum + minorOf(amount!.amount), 0)).toBe(33_897)
  })
})

describe('R223: who confirms money', () => {
  test('is not who recorded it', async () => {
    const { orderId } = await confirmed()
    const { paymentId } = await record(orderId, '112.99', finance)
    await expect(payments.confirmPayment({ paymentId }, finance.as())).rejects.toMatchObject({
      code: 'approver_is_maker',
    })
    const payment = await payments.confirmPayment({ paymentId }, cashier.as())
    expect(payment).toMatchObject({ status: Payment_Status.CONFIRMED, confirmedBy: cashier.id })
    expect(await payments.confirmPayment({ paymentId }, cashier.as())).toMatchObject({ etag: payment.etag })
  })

  test('is not who earns from the order, whoever recorded it', async () => {
    const { orderId } = await confirmed()
    const { paymentId } = await record(orderId, '112.99', finance)
    await expect(payments.confirmPayment({ paymentId }, rep.as())).rejects.toMatchObject({ code: 'approver_is_maker' })
  })

  test('is one person: a second one is told that it was done', async () => {
    const { orderId } = await confirmed()
    const { paymentId } = await pay(orderId, '112.99')
    await expect(payments.confirmPayment({ paymentId }, cashier.as())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'payment_already_confirmed',
    })
  })

  test('needs the permission, and nobody confirms while recording without a migration', async () => {
    const { orderId } = await confirmed()
    const clerk = await stage.someone(everything('company', 'payments.confirm'))
    const { paymentId } = await record(orderId, '112.99')
    await expect(payments.confirmPayment({ paymentId }, clerk.as())).rejects.toMatchObject({
      code: 'permission_missing',
    })
    const { target } = await openOf(orderId)
    const request = {
      customerId,
      amount: yuan('1.00'),
      method: Payment_Method_Kind.CASH,
      allocations: [{ ...target, amount: yuan('1.00') }],
      receivedOn: TODAY,
    }
    await expect(payments.createPayment({ ...request, confirmed: true }, rep.as())).rejects.toMatchObject({
      code: 'migration_needed',
    })
    const migrator = await stage.someone([...everything('company'), 'migration@company'])
    await expect(payments.createPayment({ ...request, confirmed: true }, migrator.as())).rejects.toMatchObject({
      code: 'approver_is_maker',
    })
    expect(
      await payments.createPayment({ ...request, confirmed: true, recordedFor: rep.id }, migrator.as()),
    ).toMatchObject({ status: Payment_Status.CONFIRMED })
  })
})

test('R224: a payment says how the money came', async () => {
  const { orderId } = await confirmed()
  const { target } = await openOf(orderId)
  const allocations = [{ ...target, amount: yuan('1.00') }]
  const method = Payment_Method_Kind.KIND_UNSPECIFIED
  await expect(
    payments.createPayment({ customerId, amount: yuan('1.00'), method, allocations, receivedOn: TODAY }, rep.as()),
  ).rejects.toMatchObject({ kind: 'invalid', violations: [expect.objectContaining({ field: 'method' })] })
})

test('of two payments for the same money one collects it, and the other is on account: given back, or used elsewhere', async () => {
  const { orderId } = await confirmed()
  const both = [await record(orderId, '112.99'), await record(orderId, '112.99')]
  const done = await Promise.all(both.map(({ paymentId }) => payments.confirmPayment({ paymentId }, finance.as())))
  expect(done.map(({ onAccount }) => onAccount!.amount).toSorted()).toEqual(['0.00', '112.99'])
  expect((await billsOf(orderId))[0]).toMatchObject({ status: Receivable_Status.COLLECTED, open: yuan('0.00') })
  const spare = done.find(({ onAccount }) => onAccount!.amount === '112.99')!.paymentId
  expect(await giveBack(spare, { onAccount: yuan('12.99') })).toMatchObject({ onAccount: yuan('100.00') })
  const other = await confirmed()
  const asked = {
    paymentId: spare,
    allocations: [{ paymentRequestId: other.paymentRequestId!, amount: yuan('100.00') }],
  }
  await expect(payments.applyPayment(asked, rep.as())).rejects.toMatchObject({ code: 'approver_is_maker' })
  const used = await payments.applyPayment(asked, finance.as())
  expect(used.allocations.at(-1)).toMatchObject({ orderId: other.orderId, amount: yuan('100.00') })
  expect(await requestsOf(other.orderId)).toMatchObject([{ missing: yuan('12.99') }])
  await expect(payments.applyPayment(asked, finance.as())).rejects.toMatchObject({
    code: 'allocation_beyond_receivable',
  })
  await pay(other.orderId, '12.99')
  expect((await billsOf(other.orderId))[0]).toMatchObject({ status: Receivable_Status.COLLECTED })
})

test('a payment finds only its own customer’s bills and requests, and not more than they lack', async () => {
  const { orderId } = await confirmed()
  await expect(record(orderId, '113.00')).rejects.toMatchObject({ code: 'allocation_beyond_receivable' })
  const { target } = await openOf(orderId)
  const stranger = stage.customers.file({ ownerId: rep.id })
  const ask = (allocations: object[], whose = stranger) =>
    payments.createPayment(
      {
        customerId: whose,
        amount: yuan('1.00'),
        method: Payment_Method_Kind.CASH,
        allocations: allocations as never,
        receivedOn: TODAY,
      },
      rep.as(),
    )
  await expect(ask([{ ...target, amount: yuan('1.00') }])).rejects.toMatchObject({ code: 'payment_request_not_found' })
  await pay(orderId, '112.99')
  const [bill] = await billsOf(orderId)
  const { receivableId } = bill!
  await expect(ask([{ receivableId, amount: yuan('1.00') }])).rejects.toMatchObject({ code: 'receivable_not_found' })
  for (const named of [{}, { receivableId, ...target }]) {
    await expect(ask([{ ...named, amount: yuan('1.00') }], customerId)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'allocation_target',
    })
  }
})
