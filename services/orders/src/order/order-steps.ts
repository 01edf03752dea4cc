import { wordOf } from '@saleswright/contracts'
import type { ConfirmOrderRequest } from '@saleswright/contracts/saleswright/orders/v1/order_pb.ts'
import { AppError, type BusinessDate, companyScope, conflict, type Decision, expectEtag } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { expectNotBefore, stepDate } from '../business-day.ts'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { checkCredit, exposureOf } from '../exposure/expose.ts'
import { missing } from '../payment-request/payment-request.ts'
import { advance, hasCome } from './advance.ts'
import { confirmation } from './confirm-order.ts'
import { confirmFunds, fundsMissing, type Order, release, resume, type Status } from './order.ts'
import { ON_SHORTAGE } from './order-view.ts'
import { saveOrder } from './save-order.ts'

export type Step = { readonly desk: Desk; readonly tx: Tx; readonly call: Call }
type Asked = {
  readonly orderId: string
  readonly etag: string
  readonly businessDate?: string | undefined
}
type Confirming = Asked & Pick<ConfirmOrderRequest, 'onShortage'>

/** The order that a step is about, as the caller saw it, and the date of the step. */
export const openStep = async ({ desk, tx, call }: Step, { orderId, etag, businessDate }: Asked) => {
  const order = await tx.get(desk.orders, scopeOf(call), orderId)
  expectEtag(order, etag)
  const date = await stepDate(desk, order, call, businessDate)
  return { order, date: expectNotBefore(date, order.businessDate, 'businessDate') }
}

/** A step of the order alone. What is already so is answered as it is. */
export const simpleStep =
  (already: (order: Order) => boolean, decide: (order: Order, date: BusinessDate) => Decision<Order>) =>
  async (step: Step, asked: Asked): Promise<Order> => {
    const { order, date } = await openStep(step, asked)
    if (already(order)) return order
    const decision = chain(decide(order, date), (next) => advance(next, date))
    return saveOrder(step, order, decision, date)
  }

export const isAt =
  (status: Status) =>
  (order: Order): boolean =>
    order.status === status

export const confirmStep = async (step: Step, asked: Confirming): Promise<Order> => {
  const { order, date } = await openStep(step, asked)
  if (hasCome(order, 'customer_confirmed')) return order
  // A submitted order is confirmed by who owns the customer (decision 47).
  if (order.status === 'submitted' && step.call.actor.kind === 'partner') throw conflict('order_is_submitted')
  const choice = wordOf(ON_SHORTAGE, asked.onShortage)
  return (await confirmation(step, order, date, choice)).stage()
}

/** R241: with the customer as it stands now, nothing that it does not have yet is let go beyond its limit. */
export const recheckCredit = async (room: Omit<Step, 'call'>, order: Order, date: BusinessDate): Promise<void> => {
  if (order.terms !== 'credit') return
  const { companyId, customerId, gross } = order
  const account = { companyId, customerId, currency: gross.currency }
  await checkCredit(room, await exposureOf(room.desk, room.tx, account), 0n, date)
}

/** R222, R223: while a payment request is not covered, what it lacks is missing. */
const expectCovered = async ({ desk, tx }: Step, order: Order): Promise<void> => {
  const { status, paymentRequestId, companyId } = order
  if (status !== 'awaiting_funds' || paymentRequestId === undefined) return
  const request = await tx.get(desk.paymentRequests, companyScope(companyId), paymentRequestId)
  if (request.status === 'open') throw fundsMissing(order, missing(request))
}

export const confirmFundsStep = async (step: Step, asked: Asked): Promise<Order> => {
  const { order, date } = await openStep(step, asked)
  if (order.fundsConfirmed) return order
  await expectCovered(step, order)
  return saveOrder(step, order, confirmFunds(order, date), date)
}

export const releaseStep = async (step: Step, asked: Asked): Promise<Order> => {
  const { order, date } = await openStep(step, asked)
  if (order.status === 'released') return order
  await expectCovered(step, order)
  const decision = release(order, date)
  await recheckCredit(step, order, date)
  return step.tx.save(step.desk.orders, decision)
}

/** R241: neither a draft nor what has left the house wholly has anything to let go. */
const stillTakesCredit = (from: Status | undefined): boolean =>
  from !== 'draft' && from !== 'shipped' && from !== 'delivered'

/** Back to where it was; from there on it goes by itself where nobody's word is needed. */
export const resumeStep = async (step: Step, asked: Asked): Promise<Order> => {
  const { order, date } = await openStep(step, asked)
  const decision = chain(resume(order, date), (next) => advance(next, date))
  if (stillTakesCredit(order.hold?.from)) await recheckCredit(step, order, date)
  return saveOrder(step, order, decision, date)
}

/** What another step than the caller's own has to do with the order: no row scope is asked. */
export const orderOf = ({ desk, tx }: Omit<Step, 'call'>, companyId: string, orderId: string): Promise<Order> =>
  tx.get(desk.orders, companyScope(companyId), orderId)

/** Whether an error is a refusal by the rules of the trade, and not a fault. */
export const isRefusal = (error: unknown): boolean => error instanceof AppError && error.kind === 'conflict'
