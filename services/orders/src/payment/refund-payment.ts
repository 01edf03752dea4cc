import { readMoney } from '@saleswright/contracts'
import type {
  Allocation as Part,
  RefundPaymentRequest,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { type BusinessDate, companyScope, expectEtag, type Money, subtract, sum, zero } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { expectNotBefore, stepDate } from '../business-day.ts'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { needed } from '../needed.ts'
import { release, reservedOf } from '../payment-request/payment-request.ts'
import { availableOf } from './available.ts'
import { earnersOf } from './earners.ts'
import { moneyAbove } from './money-above.ts'
import { expectRefunder, onBill, type Payment, refund, refundBeyond } from './payment.ts'
import { postCash } from './post-cash.ts'
import { reverseShare } from './take-off.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** Gives money back: what bills have of it is taken off them first, and commission on it is reversed. */
export const refundPayment = async (
  desk: Desk,
  tx: Tx,
  request: RefundPaymentRequest,
  call: Call,
): Promise<Payment> => {
  const room = { desk, tx }
  const found = await tx.get(desk.payments, scopeOf(call), request.paymentId)
  expectEtag(found, request.etag)
  const on = await stepDate(desk, { ...found, migrated: false, businessDate: found.receivedOn }, call, request.on)
  const earners = await earnersOf(room, found.companyId, found.allocations)
  expectRefunder(found, { by: call.actor.id, on, earners })
  expectNotBefore(on, found.confirmedOn, 'on')
  const { reason } = request
  const rest = await restOf(room, found, request)
  let exposed = rest.minor
  const amounts = [rest]
  for (const part of request.allocations) {
    const amount = readMoney(needed(part.amount, 'allocations'))
    if (amount.minor <= 0n || amount.currency !== found.amount.currency) throw refundBeyond(amount)
    exposed += await takeBack(room, { payment: found, part, amount, on, reason })
    amounts.push(amount)
  }
  const payment = await tx.get(desk.payments, companyScope(found.companyId), found.id)
  const amount = sum(found.amount.currency, amounts)
  const refunded = tx.save(desk.payments, refund(payment, { amount, reason, on }))
  postCash(desk, tx, refunded, { kind: 'refund', step: `${payment.refunded.minor}`, businessDate: on, amount })
  const account = { ...found, currency: found.amount.currency }
  await expose(desk, tx, account, { change: exposed, cause: 'refund' })
  return refunded
}

/** What is to go back of the money on account for which no payment request waits. */
const restOf = async (
  room: Room,
  payment: Payment,
  { onAccount, allocations }: RefundPaymentRequest,
): Promise<Money> => {
  if (onAccount === undefined) {
    needed(allocations[0], 'allocations')
    return zero(payment.amount.currency)
  }
  const rest = moneyAbove(onAccount, 'onAccount')
  const there = await availableOf(room, payment)
  if (rest.currency === there.currency && rest.minor <= there.minor) return rest
  throw refundBeyond(rest)
}

type Back = {
  readonly payment: Payment
  readonly part: Part
  readonly amount: Money
  readonly on: BusinessDate
  readonly reason: string
}

/** Makes a part free to go back; how much more is owed on credit then. */
const takeBack = async (room: Room, back: Back): Promise<bigint> => {
  const { receivableId, paymentRequestId } = back.part
  if (paymentRequestId !== undefined) return fromRequest(room, back, paymentRequestId)
  return fromBill(room, back, receivableId ?? '')
}

const fromRequest = async ({ desk, tx }: Room, back: Back, requestId: string): Promise<bigint> => {
  const { payment, amount, on } = back
  const request = await tx.find(desk.paymentRequests, companyScope(payment.companyId), requestId)
  if (!request || amount.minor > reservedOf(request, payment.id).minor) throw refundBeyond(amount)
  tx.save(desk.paymentRequests, release(request, { paymentId: payment.id, amount }, on))
  return 0n
}

const fromBill = async (room: Room, { payment, amount, on, reason }: Back, receivableId: string): Promise<bigint> => {
  const { companyId, id: paymentId } = payment
  const { allocations } = await room.tx.get(room.desk.payments, companyScope(companyId), paymentId)
  let left = amount
  let onCredit = false
  for (const allocation of allocations.filter((one) => one.receivableId === receivableId)) {
    const there = onBill(allocation)
    const off = there.minor < left.minor ? there : left
    if (off.minor === 0n) continue
    ;({ onCredit } = await reverseShare(room, { companyId, paymentId, allocation, amount: off, on, reason }))
    left = subtract(left, off)
  }
  if (left.minor > 0n) throw refundBeyond(amount)
  return onCredit ? amount.minor : 0n
}
