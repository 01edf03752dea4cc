import type { AllocationReversed, PaymentAllocated } from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { Payment_Status, Receivable_Status } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { Order_Status } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { describe, expect, test } from 'vitest'
import { goods, yuan } from './goods.ts'
import { moneyOf } from './money-told.ts'
import { selling } from './selling.ts'
import { openStage } from './stage.ts'

const stage = await openStage()
const { orders } = stage
const { rep, finance, accepted, billsOf, pay, giveBack, shipAll } = await selling(stage)
const sku = await goods(stage, finance)({ exFactory: '99.99', taxRate: '0.13' })
const customerId = stage.customers.file({ ownerId: rep.id })
const { toldOf, minorOf, ledgerOf } = moneyOf(stage, finance)
const confirmed = () => accepted({ sku, customerId })

describe('money that goes back', () => {
  const paidOrder = async () => {
    const { orderId } = await confirmed()
    const { paymentId } = await pay(orderId, '112.99')
    const [bill] = await billsOf(orderId)
    const back = (amount: string) =>
      giveBack(paymentId, { allocations: [{ receivableId: bill!.receivableId, amount: yuan(amount) }] })
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
    expect(await ledgerOf(orderId)).toEqual(['ALLOCATION 112.99', 'BILL 112.99', 'REVERSAL 100.00', 'REVERSAL 12.99'])
  })

  test('an order that is cancelled after it was paid leaves the money on account, and it can be given back', async () => {
    const { orderId, paymentId } = await paidOrder()
    const cancelled = await orders.cancelOrder({ orderId, reason: '客户取消' }, rep.as())
    expect(cancelled).toMatchObject({ status: Order_Status.CANCELLED, collected: yuan('0.00') })
    expect((await billsOf(orderId))[0]).toMatchObject({ status: Receivable_Status.CANCELLED })
    expect(await toldOf('AllocationReversed', orderId)).toHaveLength(1)
    expect(await giveBack(paymentId, { onAccount: yuan('112.99') })).toMatchObject({ status: Payment_Status.REFUNDED })
    expect(await toldOf('AllocationReversed', orderId)).toHaveLength(1)
    expect(await ledgerOf(orderId)).toEqual([
      'ALLOCATION 112.99',
      'BILL 112.99',
      'CANCELLATION 112.99',
      'REVERSAL 112.99',
    ])
  })
})
