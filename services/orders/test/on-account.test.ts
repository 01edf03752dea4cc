import type { ExposureChanged } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  LedgerLine_Account_Kind,
  Payment_Method_Kind,
  Payment_Status,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import type { AppError } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments } = stage
const { rep, finance, order, accepted, billsOf, openOf, record, giveBack } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })

const ordered = async () => {
  const customerId = stage.customers.file({ ownerId: rep.id })
  const { orderId } = await accepted({ sku, customerId })
  return { orderId, ...(await openOf(orderId)), customerId }
}
const exposureOf = async (customerId: string) =>
  (await stage.told())
    .filter(({ $typeName }) => $typeName.endsWith('ExposureChanged'))
    .map((event) => event as unknown as ExposureChanged)
    .findLast((event) => event.customerId === customerId)?.exposure?.amount
/** What the ledger says of a customer: the balance of receivables, and unapplied cash turned round. */
const ledgerOf = async (customerId: string) => {
  const { ledgerLines } = await stage.ledger.listLedgerLines({ customerId, pageSize: 200 }, finance.as())
  const balance = (account: LedgerLine_Account_Kind) =>
    ledgerLines.reduce((sum, { debit, credit, amount }) => {
      const minor = Math.round(Number(amount!.amount) * 100)
      return sum + (debit === account ? minor : 0) - (credit === account ? minor : 0)
    }, 0) / 100
  return {
    owed: balance(LedgerLine_Account_Kind.RECEIVABLES),
    onAccount: 0 - balance(LedgerLine_Account_Kind.UNAPPLIED_CASH),
    cash: balance(LedgerLine_Account_Kind.CASH),
  }
}

describe('money that no bill has', () => {
  const overpaid = async () => {
    const { customerId, orderId, target } = await ordered()
    const { paymentId } = await payments.createPayment(
      {
        customerId,
        amount: yuan('130.00'),
        method: Payment_Method_Kind.TRANSFER,
        allocations: [{ ...target, amount: yuan('100.00') }],
        receivedOn: TODAY,
      },
      rep.as(),
    )
    const confirmed = await payments.confirmPayment({ paymentId }, finance.as())
    const [bill] = await billsOf(orderId)
    const back = (request: object) => giveBack(paymentId, request)
    return { customerId, orderId, receivableId: bill!.receivableId, paymentId, confirmed, back }
  }

  test('is told by its payment and its ledger, and can be given back, never more than there is', async () => {
    const { customerId, confirmed, back } = await overpaid()
    expect(confirmed.onAccount).toMatchObject(yuan('30.00'))
    expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 30, cash: 130 })
    await expect(back({ onAccount: yuan('30.01') })).rejects.toMatchObject({ code: 'refund_beyond_payment' })
    expect(await back({ onAccount: yuan('10.00') })).toMatchObject({ onAccount: yuan('20.00') })
    expect(await exposureOf(customerId)).toBe('-20.00')
    expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 20, cash: 120 })
    expect(await back({ onAccount: yuan('20.00') })).toMatchObject({ status: Payment_Status.CONFIRMED })
    expect(await exposureOf(customerId)).toBe('0.00')
    expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 0, cash: 100 })
  })

  test('goes back with what a bill has, and then nothing is left', async () => {
    const { customerId, receivableId, back } = await overpaid()
    const all = { allocations: [{ receivableId, amount: yuan('100.00') }], onAccount: yuan('30.00') }
    expect(await back(all)).toMatchObject({ status: Payment_Status.REFUNDED, onAccount: yuan('0.00') })
    expect(await exposureOf(customerId)).toBe('0.00')
    expect(await ledgerOf(customerId)).toEqual({ owed: 100, onAccount: 0, cash: 0 })
  })

  test('is given back by nobody who recorded or confirmed it', async () => {
    const { paymentId } = await overpaid()
    for (const one of [rep, finance]) {
      const back = payments.refundPayment({ paymentId, reason: '多付', onAccount: yuan('30.00') }, one.as())
      await expect(back).rejects.toMatchObject({ code: 'approver_is_maker' })
    }
  })

  test('a refund of nothing is refused by the name of its fields', async () => {
    const { back } = await overpaid()
    await expect(back({})).rejects.toMatchObject({ kind: 'invalid', violations: [{ field: 'allocations' }] })
    await expect(back({ onAccount: yuan('0.00') })).rejects.toMatchObject({
      code: 'amount_not_positive',
      violations: [{ field: 'onAccount' }],
    })
  })
})

describe('money that a payment request waits for', () => {
  test('goes back by the name of the request, and not as money that is free', async () => {
    const { customerId, orderId, target } = await ordered()
    const { paymentId } = await record(orderId, '60.00')
    expect(await payments.confirmPayment({ paymentId }, finance.as())).toMatchObject({ onAccount: yuan('60.00') })
    await expect(giveBack(paymentId, { onAccount: yuan('0.01') })).rejects.toMatchObject({
      code: 'refund_beyond_payment',
    })
    const back = (amount: string) => giveBack(paymentId, { allocations: [{ ...target, amount: yuan(amount) }] })
    await expect(back('60.01')).rejects.toMatchObject({ code: 'refund_beyond_payment' })
    expect(await back('60.00')).toMatchObject({ status: Payment_Status.REFUNDED })
    const [request] = (await stage.paymentRequests.listPaymentRequests({ orderId }, finance.as())).paymentRequests
    expect(request).toMatchObject({ received: yuan('0.00'), missing: yuan('100.00') })
    expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 0, cash: 0 })
  })
})

test('money for an order that was cancelled meanwhile is confirmed, lies on account and can be given back', async () => {
  const { customerId, orderId } = await ordered()
  const { paymentId } = await record(orderId, '100.00')
  await orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
  const confirmed = await payments.confirmPayment({ paymentId }, finance.as())
  expect(confirmed).toMatchObject({ status: Payment_Status.CONFIRMED, onAccount: yuan('100.00') })
  expect(await stage.namesOf(paymentId)).toEqual(['PaymentRecorded', 'PaymentConfirmed'])
  expect(await exposureOf(customerId)).toBe('-100.00')
  expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 100, cash: 100 })
  const back = await giveBack(paymentId, { onAccount: yuan('100.00') })
  expect(back).toMatchObject({ status: Payment_Status.REFUNDED, onAccount: yuan('0.00') })
  expect(await exposureOf(customerId)).toBe('0.00')
  expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 0, cash: 0 })
})

test('one payment finds many bills, also two of one order, and each order its money', async () => {
  const customerId = stage.customers.file({ ownerId: rep.id, creditLimit: '1000.00' })
  const { orderId } = await order({ sku, customerId, quantity: '2', confirmed: true })
  await orders.acknowledgeStock({ orderId }, rep.as())
  await orders.releaseOrder({ orderId }, finance.as())
  for (let part = 0; part < 2; part++) {
    const half = { orderId, lines: [{ lineNo: 1, quantity: '1' }] }
    const { shipmentId } = await stage.shipments.createShipment(half, rep.as())
    await stage.shipments.ship({ shipmentId, photoIds: [stage.gateway.upload()] }, rep.as())
  }
  const prepaid = await accepted({ sku, customerId, paymentTerms: 1 })
  const bills = await billsOf(orderId)
  const targets = [
    ...bills.map(({ receivableId }) => ({ receivableId })),
    { paymentRequestId: prepaid.paymentRequestId! },
  ]
  const { paymentId } = await payments.createPayment(
    {
      customerId,
      amount: yuan('300.00'),
      method: Payment_Method_Kind.TRANSFER,
      allocations: targets.map((target) => ({ ...target, amount: yuan('100.00') })),
      receivedOn: TODAY,
    },
    rep.as(),
  )
  await payments.confirmPayment({ paymentId }, finance.as())
  expect(bills).toHaveLength(2)
  const collected = await Promise.all(
    [orderId, prepaid.orderId].map(async (id) => (await orders.getOrder({ orderId: id }, rep.as())).collected?.amount),
  )
  expect(collected).toEqual(['200.00', '100.00'])
  expect(await exposureOf(customerId)).toBe('0.00')
  expect(await ledgerOf(customerId)).toEqual({ owed: 0, onAccount: 0, cash: 300 })
})

describe('a refusal tells nothing that its caller may not read', () => {
  test('what is still owed on a bill, or that it is of this order', async () => {
    const { orderId, customerId, target } = await ordered()
    const asked = (grants: readonly string[]) =>
      stage
        .someone(grants)
        .then((clerk) =>
          payments.createPayment(
            {
              customerId,
              amount: yuan('500.00'),
              method: Payment_Method_Kind.TRANSFER,
              allocations: [{ ...target, amount: yuan('500.00') }],
              receivedOn: TODAY,
            },
            clerk.as(),
          ),
        )
        .catch((refusal: AppError) => refusal)
    const { orderNo } = await orders.getOrder({ orderId }, finance.as())
    const code = 'allocation_beyond_receivable'
    const without = { code, params: { amount: '500.00' } }
    expect(await asked(['payments.write@company', 'receivables.read@company'])).toMatchObject({
      code,
      params: { amount: '500.00', open: '100.00', orderNo },
    })
    expect(await asked(['payments.write@company'])).toEqual(expect.objectContaining(without))
    expect(await asked(['payments.write@company', 'receivables.read@self'])).toEqual(expect.objectContaining(without))
  })

  test('which order has a number of the customer already', async () => {
    const customerId = stage.customers.file({ ownerId: rep.id })
    const wanted = { sku, customerId, externalOrderNo: 'E-1' }
    const { orderId, orderNo } = await order(wanted)
    const again = async (grants: readonly string[]): Promise<unknown> =>
      order(wanted, await stage.someone(grants)).catch((refusal: AppError) => refusal.params)
    const named = { externalOrderNo: 'E-1', orderId, orderNo }
    expect(await again(['orders.write@company'])).toEqual(named)
    expect(await again(['orders.write@self', 'orders.read@company'])).toEqual(named)
    expect(await again(['orders.write@self', 'orders.read@self'])).toEqual({ externalOrderNo: 'E-1' })
  })
})
