import type { AllocationReversed, PaymentAllocated } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  LedgerLine_Kind,
  Payment_Method_Kind,
  Payment_Status,
  Receivable_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { everything, openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments, ledger } = stage
const { rep, finance, order, billsOf, record, pay, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '99.99', taxRate: '0.13' })
const customerId = stage.customers.file({ ownerId: rep.id })

const confirmed = async () => {
  const { orderId } = await order({ sku, customerId, confirmed: true })
  return orders.acknowledgeStock({ orderId }, rep.as())
}
const toldOf = async <T>(name: string, orderId: string) =>
  (await stage.told()).filter(
    (event) => event.$typeName.endsWith(`.${name}`) && (event as unknown as { orderId: string }).orderId === orderId,
  ) as unknown as readonly T[]
const minorOf = (amount: string) => Math.round(Number(amount) * 100)
const KINDS = new Map<number, string>(Object.entries(LedgerLine_Kind).map(([name, kind]) => [kind, name]))
const ledgerOf = async (orderId: string) => {
  const { ledgerLines } = await ledger.listLedgerLines({ orderId }, finance.as())
  return ledgerLines.map(({ kind, amount }) => `${KINDS.get(kind)} ${amount!.amount}`).toSorted()
}

describe('R222: prepaying', () => {
  test('R213: nothing is billed before the customer has accepted what is available', async () => {
    const { orderId, status } = await order({ sku, customerId, confirmed: true })
    expect(status).toBe(Order_Status.CUSTOMER_CONFIRMED)
    expect(await billsOf(orderId)).toEqual([])
    expect(await ledgerOf(orderId)).toEqual([])
    await orders.acknowledgeStock({ orderId }, rep.as())
    expect(await billsOf(orderId)).toHaveLength(1)
    await orders.acknowledgeStock({ orderId }, rep.as())
    expect(await ledgerOf(orderId)).toEqual(['BILL 112.99'])
  })

  test('the bill is opened when the funds are awaited and due that day', async () => {
    const { orderId, orderNo, status } = await confirmed()
    expect(status).toBe(Order_Status.AWAITING_FUNDS)
    const [bill] = await billsOf(orderId)
    expect(bill).toMatchObject({ orderNo, amount: yuan('112.99'), billedOn: TODAY, dueOn: TODAY, daysOverdue: 0 })
    expect(await ledgerOf(orderId)).toEqual(['BILL 112.99'])
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

  test('the slip of a payment is a file that is there', async () => {
    const { orderId } = await confirmed()
    const slip = stage.gateway.upload()
    expect(await record(orderId, '1.00', rep, slip)).toMatchObject({ slipFileId: slip })
    expect(stage.gateway.claims()).toContainEqual([slip])
    await expect(record(orderId, '1.00', rep, newId())).rejects.toMatchObject({
      code: 'file_unknown',
      violations: [{ field: 'slipFileId', rule: 'file' }],
    })
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
    expect(await ledgerOf(orderId)).toEqual([...billed, 'PAYMENT 100.00'])
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
    const payment = await payments.confirmPayment({ paymentId }, rep.as())
    expect(payment).toMatchObject({ status: Payment_Status.CONFIRMED, confirmedBy: rep.id })
    expect(await payments.confirmPayment({ paymentId }, rep.as())).toMatchObject({ etag: payment.etag })
  })

  test('needs the permission, and nobody confirms while recording without a migration', async () => {
    const { orderId } = await confirmed()
    const clerk = await stage.someone(everything('company', 'payments.confirm'))
    const { paymentId } = await record(orderId, '112.99')
    await expect(payments.confirmPayment({ paymentId }, clerk.as())).rejects.toMatchObject({
      code: 'permission_missing',
    })
    const [bill] = await billsOf(orderId)
    const request = {
      customerId,
      amount: yuan('1.00'),
      method: Payment_Method_Kind.CASH,
      allocations: [{ receivableId: bill!.receivableId, amount: yuan('1.00') }],
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
  const [bill] = await billsOf(orderId)
  const allocations = [{ receivableId: bill!.receivableId, amount: yuan('1.00') }]
  const method = Payment_Method_Kind.KIND_UNSPECIFIED
  await expect(
    payments.createPayment({ customerId, amount: yuan('1.00'), method, allocations, receivedOn: TODAY }, rep.as()),
  ).rejects.toMatchObject({ kind: 'invalid', violations: [expect.objectContaining({ field: 'method' })] })
})

test('two payments cannot both collect the same bill', async () => {
  const { orderId } = await confirmed()
  const both = await Promise.all([record(orderId, '112.99'), record(orderId, '112.99')])
  const results = await Promise.allSettled(
    both.map(({ paymentId }) => payments.confirmPayment({ paymentId }, finance.as())),
  )
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(results.find((result) => result.status === 'rejected')?.reason.code).toBe('allocation_beyond_receivable')
  expect((await billsOf(orderId))[0]).toMatchObject({ status: Receivable_Status.COLLECTED, open: yuan('0.00') })
})

test('a payment finds only its own customer’s bills, and not more than they owe', async () => {
  const { orderId } = await confirmed()
  await expect(record(orderId, '113.00')).rejects.toMatchObject({ code: 'allocation_beyond_receivable' })
  const [bill] = await billsOf(orderId)
  const stranger = stage.customers.file({ ownerId: rep.id })
  await expect(
    payments.createPayment(
      {
        customerId: stranger,
        amount: yuan('1.00'),
        method: Payment_Method_Kind.CASH,
        allocations: [{ receivableId: bill!.receivableId, amount: yuan('1.00') }],
        receivedOn: TODAY,
      },
      rep.as(),
    ),
  ).rejects.toMatchObject({ code: 'receivable_not_found' })
})

describe('money that goes back', () => {
  const paidOrder = async () => {
    const { orderId } = await confirmed()
    const { paymentId } = await pay(orderId, '112.99')
    const [bill] = await billsOf(orderId)
    const back = (amount: string) =>
      payments.refundPayment(
        { paymentId, allocations: [{ receivableId: bill!.receivableId, amount: yuan(amount) }], reason: '退款' },
        finance.as(),
      )
    return { orderId, paymentId, back }
  }

  test('opens the bill again, stops what has not left, and reverses the net exactly', async () => {
    const { orderId, back } = await paidOrder()
    await orders.releaseOrder({ orderId }, finance.as())
    expect(await back('12.99')).toMatchObject({ status: Payment_Status.CONFIRMED })
    await expect(shipAll(orderId)).rejects.toMatchObject({ code: 'funds_missing' })
    await expect(back('100.01')).rejects.toMatchObject({ code: 'refund_beyond_payment' })
    expect(await back('100.00')).toMatchObject({ status: Payment_Status.REFUNDED })
    const allocated = await toldOf<PaymentAllocated>('PaymentAllocated', orderId)
    const reversed = await toldOf<AllocationReversed>('AllocationReversed', orderId)
    expect(reversed.reduce((sum, { net }) => sum + minorOf(net!.amount), 0)).toBe(minorOf(allocated[0]!.net!.amount))
    expect(reversed).toHaveLength(2)
    expect((await billsOf(orderId))[0]).toMatchObject({ status: Receivable_Status.OPEN, open: yuan('112.99') })
    expect(await ledgerOf(orderId)).toEqual(['BILL 112.99', 'PAYMENT 112.99', 'REFUND 100.00', 'REFUND 12.99'])
  })

  test('an order that is cancelled after it was paid leaves the money on account, and it can be given back', async () => {
    const { orderId, back } = await paidOrder()
    const cancelled = await orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
    expect(cancelled).toMatchObject({ status: Order_Status.CANCELLED, collected: yuan('0.00') })
    expect((await billsOf(orderId))[0]).toMatchObject({ status: Receivable_Status.CANCELLED })
    expect(await toldOf('AllocationReversed', orderId)).toHaveLength(1)
    expect(await back('112.99')).toMatchObject({ status: Payment_Status.REFUNDED })
    expect(await toldOf('AllocationReversed', orderId)).toHaveLength(1)
    expect(await ledgerOf(orderId)).toEqual(['BILL 112.99', 'CANCELLATION 112.99', 'PAYMENT 112.99', 'REFUND 112.99'])
  })
})
