import { create } from '@bufbuild/protobuf'
import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import { ApprovalWithdrawnSchema } from '@saleswright/contracts/saleswright/approval/v1/approval_pb.ts'
import { type BusinessDate, companyScope, type Decision } from '@saleswright/kernel'
import { chain } from '../chain.ts'
import { expose } from '../exposure/expose.ts'
import { takeOff } from '../payment/take-off.ts'
import { cancelRequest, received } from '../payment-request/payment-request.ts'
import { fillBackOrders } from '../production-request/fill-back-orders.ts'
import { withdrawRequests } from '../production-request/request-production.ts'
import { post } from '../receivable/bill.ts'
import { cancelReceivable, openAmount } from '../receivable/receivable.ts'
import { receivableId } from '../receivable/receivable-store.ts'
import { withdrawPlanned } from '../shipment/withdraw-goods.ts'
import { moveStock, stockOf } from '../stock-item/move-stock.ts'
import { free, type StockItem } from '../stock-item/stock-item.ts'
import { reservedLines } from './back-order.ts'
import { subjectOf } from './create-order.ts'
import { cancel, type Order, type Status } from './order.ts'
import { openStep, type Step } from './order-steps.ts'

type Asked = { readonly orderId: string; readonly etag: string; readonly reason: string }

/** Nothing is reserved for these. */
const UNCONFIRMED: readonly Status[] = ['draft', 'submitted']

/** Gives back stock and credit, takes the bill back, and leaves on account what was paid for it. */
export const cancelStep = async (step: Step, asked: Asked): Promise<Order> => {
  const { desk, tx } = step
  const { order, date } = await openStep(step, asked)
  if (order.status === 'cancelled' && order.cancelReason === asked.reason) return order
  const confirmed = !UNCONFIRMED.includes(order.hold?.from ?? order.status)
  const decision = chain(cancel(order, asked.reason, date), (next) => withdrawal(next, order, tx.at))
  const stock = confirmed ? await givenBack(step, order, date) : []
  const cancelled = tx.save(desk.orders, decision)
  const account = { companyId: order.companyId, customerId: order.customerId, currency: order.gross.currency }
  if (confirmed && order.terms === 'credit') {
    await expose(desk, tx, account, { change: -order.gross.minor, cause: 'order_cancelled', orderId: order.id })
  }
  await undoBill(step, cancelled, date)
  await withdrawRequests(step, order, date)
  await withdrawPlanned(step, cancelled, { on: date, reason: asked.reason })
  for (const item of stock) tx.save(desk.stock, item)
  return tx.get(desk.orders, companyScope(order.companyId), order.id)
}

/** What was reserved for it goes to orders that wait for it, or is free. */
const givenBack = async (step: Step, order: Order, on: BusinessDate): Promise<readonly Decision<StockItem>[]> => {
  const reserved = { ...order, lines: reservedLines(order) }
  const freed = moveStock(await stockOf(step, reserved), reserved, free)
  return Promise.all(freed.map((item) => fillBackOrders(step, item, { on, but: order.id })))
}

/** Nobody shall decide about the price of an order that is no more. */
const withdrawal = (next: Order, { approval, priceApproval }: Order, at: Date) => {
  if (!approval || priceApproval !== 'pending') return { next, events: [] }
  const event = create(ApprovalWithdrawnSchema, {
    caseId: approval.caseId,
    subject: subjectOf(next.id),
    companyId: next.companyId,
    withdrawnAt: timestampFromDate(at),
  })
  return { next, events: [event] }
}

/** Takes back the bill with all the money on it, or the payment request: what was paid is on account then. */
const undoBill = async (step: Step, order: Order, date: BusinessDate): Promise<void> => {
  const { desk, tx } = step
  const scope = companyScope(order.companyId)
  const billed = await tx.find(desk.receivables, scope, receivableId(order.id))
  if (!billed) return undoRequest(step, order, date)
  await takeOff(step, order, { receivable: billed, on: date, reason: order.cancelReason ?? '' })
  const receivable = await tx.get(desk.receivables, scope, billed.id)
  const amount = openAmount(receivable)
  if (amount.minor === 0n) return
  tx.save(desk.receivables, cancelReceivable(receivable, date))
  const left = await tx.get(desk.orders, scope, order.id)
  post(desk, tx, left, { kind: 'cancellation', documentId: billed.id, businessDate: date, amount })
}

/** Money that waited for the rest is free on account, and so lowers the customer's exposure. */
const undoRequest = async ({ desk, tx }: Step, order: Order, date: BusinessDate): Promise<void> => {
  const { paymentRequestId, companyId, customerId } = order
  if (paymentRequestId === undefined) return
  const request = await tx.get(desk.paymentRequests, companyScope(companyId), paymentRequestId)
  tx.save(desk.paymentRequests, cancelRequest(request, date))
  const { currency, minor } = received(request)
  await expose(
    desk,
    tx,
    { companyId, customerId, currency },
    { change: -minor, cause: 'order_cancelled', orderId: order.id },
  )
}
