import { readMoney } from '@saleswright/contracts'
import type { RefundPaymentRequest } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import {
  type BusinessDate,
  companyScope,
  conflict,
  expectEtag,
  formatMoney,
  type Money,
  zero,
} from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { expectNotBefore, stepDate } from '../business-day.ts'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { needed } from '../needed.ts'
import { post } from '../receivable/bill.ts'
import { moneyAbove } from './money-above.ts'
import { type Allocation, type Payment, refund, unallocated } from './payment.ts'
import { reverseShare } from './take-off.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** Gives money back; what still lies with a receivable is taken off it first, and commission on it is reversed. */
export const refundPayment = async (
  desk: Desk,
  tx: Tx,
  request: RefundPaymentRequest,
  call: Call,
): Promise<Payment> => {
  const found = await tx.get(desk.payments, scopeOf(call), request.paymentId)
  expectEtag(found, request.etag)
  if (found.status !== 'confirmed') throw conflict(`payment_is_${found.status}`, { what: 'payment', to: 'refunded' })
  const on = await stepDate(desk, { ...found, migrated: false, businessDate: found.receivedOn }, call, request.on)
  expectNotBefore(on, found.confirmedOn, 'on')
  const { reason } = request
  const rest = restOf(found, request)
  let state: Back = { payment: found, exposed: rest.minor }
  const parts: { allocationId: string; amount: Money }[] = []
  for (const { receivableId, amount: asked } of request.allocations) {
    const amount = readMoney(needed(asked, 'allocations'))
    const allocation = refundable(state.payment, receivableId, amount, parts)
    state = await back({ desk, tx }, state, { allocation, amount, on, reason })
    parts.push({ allocationId: allocation.id, amount })
  }
  const refunded = tx.save(desk.payments, refund(state.payment, { parts, rest, reason, on }))
  const account = { ...found, currency: found.amount.currency }
  await expose(desk, tx, account, { change: state.exposed, cause: 'refund' })
  return refunded
}

/** What is asked back of the money that never was with a receivable. */
const restOf = (payment: Payment, { onAccount, allocations }: RefundPaymentRequest): Money => {
  if (onAccount === undefined) {
    needed(allocations[0], 'allocations')
    return zero(payment.amount.currency)
  }
  const rest = moneyAbove(onAccount, 'onAccount')
  const there = unallocated(payment)
  if (rest.currency === there.currency && rest.minor <= there.minor) return rest
  throw conflict('refund_beyond_payment', { amount: formatMoney(rest) })
}

type Back = { readonly payment: Payment; readonly exposed: bigint }
type Part = {
  readonly allocation: Allocation
  readonly amount: Money
  readonly on: BusinessDate
  readonly reason: string
}

const refundable = (
  payment: Payment,
  receivableId: string,
  amount: Money,
  earlier: readonly { readonly allocationId: string; readonly amount: Money }[],
): Allocation => {
  const allocation = payment.allocations.find((one) => one.receivableId === receivableId)
  if (!allocation) throw conflict('refund_beyond_payment', { amount: formatMoney(amount) })
  if (earlier.some(({ allocationId }) => allocationId === allocation.id)) throw conflict('receivable_twice')
  const left = allocation.amount.minor - allocation.refunded.minor
  if (amount.minor <= 0n || amount.minor > left || amount.currency !== payment.amount.currency) {
    throw conflict('refund_beyond_payment', { amount: formatMoney(amount) })
  }
  return allocation
}

/** How an exposure changes: what is owed on credit again, and what lies on account no more. */
const back = async ({ desk, tx }: Room, { payment, exposed }: Back, part: Part): Promise<Back> => {
  const { allocation, amount, on, reason } = part
  const scope = companyScope(payment.companyId)
  const order = await tx.get(desk.orders, scope, allocation.orderId)
  const receivable = await tx.get(desk.receivables, scope, allocation.receivableId)
  const lying = allocation.reversed.minor - allocation.refunded.minor
  const off = { ...amount, minor: amount.minor > lying ? amount.minor - lying : 0n }
  const share = { order, receivable, payment, allocation, amount: off, on, reason }
  const done = off.minor > 0n ? reverseShare({ desk, tx }, share) : { payment, order }
  post(desk, tx, done.order, {
    kind: 'refund',
    documentId: payment.id,
    step: `${allocation.id}|${payment.version}`,
    businessDate: on,
    amount,
  })
  const owed = receivable.onCredit ? off.minor : 0n
  return { payment: done.payment, exposed: exposed + owed - off.minor + amount.minor }
}
