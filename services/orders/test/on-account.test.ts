import type { ExposureChanged } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { Payment_Method_Kind, Payment_Status } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { selling } from './selling.ts'
import { openStage, TODAY } from './stage.ts'

const stage = await openStage()
const { orders, payments } = stage
const { rep, finance, order, accepted, billsOf, record } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '100.00' })

const ordered = async () => {
  const customerId = stage.customers.file({ ownerId: rep.id })
  const { orderId } = await accepted({ sku, customerId })
  const [bill] = await billsOf(orderId)
  return { customerId, orderId, receivableId: bill!.receivableId }
}
const exposureOf = async (customerId: string) =>
  (await stage.told())
    .filter(({ $typeName }) => $typeName.endsWith('ExposureChanged'))
    .map((event) => event as unknown as ExposureChanged)
    .findLast((event) => event.customerId === customerId)?.exposure?.amount
/** What the ledger says that a customer owes: bills and refunds less payments and cancellations. */
const owedIn = async (orderId: string) => {
  const { ledgerLines } = await stage.ledger.listLedgerLines({ orderId, pageSize: 200 }, finance.as())
  const sign = (kind: number) => (kind === 1 || kind === 3 ? 1 : -1)
  return ledgerLines.reduce((sum, { kind, amount }) => sum + sign(kind) * Number(amount!.amount), 0)
}

describe('money that no bill has', () => {
  const overpaid = async () => {
    const { customerId, orderId, receivableId } = await ordered()
    const { paymentId } = await payments.createPayment(
      {
        customerId,
        amount: yuan('130.00'),
        method: Payment_Method_Kind.TRANSFER,
        allocations: [{ receivableId, amount: yuan('100.00') }],
        receivedOn: TODAY,
      },
      rep.as(),
    )
    const confirmed = await payments.confirmPayment({ paymentId }, finance.as())
    const back = (request: object) => payments.refundPayment({ paymentId, reason: '多付', ...request }, finance.as())
    return { customerId, orderId, receivableId, paymentId, confirmed, back }
  }

  test('is told by its payment, and can be given back, never more than there is', async () => {
    const { customerId, orderId, confirmed, back } = await overpaid()
    expect(confirmed.onAccount).toMatchObject(yuan('30.00'))
    await expect(back({ onAccount: yuan('30.01') })).rejects.toMatchObject({ code: 'refund_beyond_payment' })
    expect(await back({ onAccount: yuan('10.00') })).toMatchObject({ onAccount: yuan('20.00') })
    expect(await exposureOf(customerId)).toBe('-20.00')
    expect(await back({ onAccount: yuan('20.00') })).toMatchObject({ status: Payment_Status.CONFIRMED })
    expect(await exposureOf(customerId)).toBe('0.00')
    expect(await owedIn(orderId)).toBe(0)
  })

  test('goes back with what a bill has, and then nothing is left', async () => {
    const { customerId, orderId, receivableId, back } = await overpaid()
    const all = { allocations: [{ receivableId, amount: yuan('100.00') }], onAccount: yuan('30.00') }
    expect(await back(all)).toMatchObject({ status: Payment_Status.REFUNDED, onAccount: yuan('0.00') })
    expect(await exposureOf(customerId)).toBe('0.00')
    expect(await owedIn(orderId)).toBe(100)
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

test('money for an order that was cancelled meanwhile is confirmed, lies on account and can be given back', async () => {
  const { customerId, orderId, receivableId } = await ordered()
  const { paymentId } = await record(orderId, '100.00')
  await orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
  const confirmed = await payments.confirmPayment({ paymentId }, finance.as())
  expect(confirmed).toMatchObject({ status: Payment_Status.CONFIRMED, onAccount: yuan('100.00') })
  expect(await stage.namesOf(paymentId)).toEqual(['PaymentRecorded', 'PaymentConfirmed'])
  expect([await exposureOf(customerId), await owedIn(orderId)]).toEqual(['-100.00', -100])
  const allocations = [{ receivableId, amount: yuan('100.00') }]
  const back = await payments.refundPayment({ paymentId, allocations, reason: '退款' }, finance.as())
  expect(back).toMatchObject({ status: Payment_Status.REFUNDED, onAccount: yuan('0.00') })
  expect([await exposureOf(customerId), await owedIn(orderId)]).toEqual(['0.00', 0])
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
  const bills = [...(await billsOf(orderId)), ...(await billsOf(prepaid.orderId))]
  const { paymentId } = await payments.createPayment(
    {
      customerId,
      amount: yuan('300.00'),
      method: Payment_Method_Kind.TRANSFER,
      allocations: bills.map(({ receivableId }) => ({ receivableId, amount: yuan('100.00') })),
      receivedOn: TODAY,
    },
    rep.as(),
  )
  await payments.confirmPayment({ paymentId }, finance.as())
  expect(bills).toHaveLength(3)
  const collected = await Promise.all(
    [orderId, prepaid.orderId].map(async (id) => (await orders.getOrder({ orderId: id }, rep.as())).collected?.amount),
  )
  expect(collected).toEqual(['200.00', '100.00'])
  expect(await exposureOf(customerId)).toBe('0.00')
  expect([await owedIn(orderId), await owedIn(prepaid.orderId)]).toEqual([0, 0])
})
