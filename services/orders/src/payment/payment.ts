import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  PaymentAppliedSchema,
  PaymentConfirmedSchema,
  PaymentRecordedSchema,
  PaymentRefundedSchema,
  PaymentWithdrawnSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  add,
  type BusinessDate,
  compareMoney,
  conflict,
  type Decision,
  type ExternalRef,
  formatMoney,
  type Money,
  mover,
  refuseInterested,
  subtract,
  sum,
  zero,
} from '@saleswright/kernel'

export const TRANSITIONS = {
  recorded: ['confirmed', 'withdrawn'],
  confirmed: ['confirmed', 'refunded'],
  refunded: [],
  withdrawn: [],
} as const

export type Status = keyof typeof TRANSITIONS

/** A part of a payment and what it is for: a bill, or a payment request, whose bill it comes onto when that is covered. */
export type Allocation = {
  readonly id: string
  readonly orderId: string
  readonly orderNo: string
  readonly paymentRequestId?: string
  /** Absent while a payment request waits for the rest. */
  readonly receivableId?: string
  /** What it was meant to be. */
  readonly amount: Money
  /** What came onto the bill: less where somebody else's money was there first. */
  readonly applied: Money
  /** Taken off the bill again. */
  readonly reversed: Money
}

/** What a bill has of it now. */
export const onBill = ({ applied, reversed }: Allocation): Money => subtract(applied, reversed)

/** Money that came in (R223, R224). What no bill has of it is unapplied cash of the customer, on account. */
export type Payment = Aggregate & {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly paymentNo: string
  readonly status: Status
  readonly customerId: string
  readonly method: 'cash' | 'transfer'
  readonly amount: Money
  readonly allocations: readonly Allocation[]
  /** Given back to the customer. */
  readonly refunded: Money
  readonly receivedOn: BusinessDate
  readonly recordedBy: string
  /** For whom it was recorded; they do not confirm it. */
  readonly recordedFor: string
  readonly confirmedBy?: string
  readonly confirmedOn?: BusinessDate
  readonly withdrawReason?: string
  readonly slipFileId?: string
  readonly externalRef?: ExternalRef
}

const move = mover<Status>('payment', TRANSITIONS)

/** What no bill has of a confirmed payment and was not given back, money that payment requests wait for included. */
export const onAccount = ({ amount, allocations, refunded }: Payment): Money =>
  subtract(amount, sum(amount.currency, [refunded, ...allocations.map(onBill)]))

/** A part that is asked for, before anything of it is anywhere. */
export type Wanted = Omit<Allocation, 'applied' | 'reversed'>

const fresh = (wanted: Wanted): Allocation => {
  const none = zero(wanted.amount.currency)
  return { ...wanted, applied: none, reversed: none }
}

const wantedMessages = (allocations: readonly Wanted[]) =>
  allocations.map(({ receivableId, paymentRequestId, orderId, amount }) => ({
    orderId,
    amount: moneyMessage(amount),
    ...(receivableId !== undefined && { receivableId }),
    ...(paymentRequestId !== undefined && { paymentRequestId }),
  }))

const expectWithin = (available: Money, allocations: readonly Wanted[]): void => {
  const allocated = sum(
    available.currency,
    allocations.map(({ amount }) => amount),
  )
  if (compareMoney(allocated, available) <= 0) return
  throw conflict('allocation_beyond_payment', { amount: formatMoney(available), allocated: formatMoney(allocated) })
}

type Facts = Omit<Payment, 'version' | 'status' | 'allocations' | 'refunded' | 'confirmedBy' | 'confirmedOn'> & {
  readonly allocations: readonly Wanted[]
}

export const recordPayment = (facts: Facts): Decision<Payment> => {
  const { id, paymentNo, customerId, amount, allocations, receivedOn } = facts
  expectWithin(amount, allocations)
  const event = create(PaymentRecordedSchema, {
    paymentId: id,
    paymentNo,
    customerId,
    amount: moneyMessage(amount),
    receivedOn,
    method: facts.method,
    allocations: wantedMessages(allocations),
    recordedFor: facts.recordedFor,
    ...(facts.slipFileId !== undefined && { slipFileId: facts.slipFileId }),
  })
  const next: Payment = {
    ...facts,
    version: 0,
    status: 'recorded',
    refunded: zero(amount.currency),
    allocations: allocations.map(fresh),
  }
  return { next, events: [event] }
}

/** A record of money that never came, or was written down wrongly. */
export const withdrawPayment = (
  payment: Payment,
  { on, reason }: { readonly on: BusinessDate; readonly reason: string },
): Decision<Payment> => {
  const { id: paymentId, paymentNo, customerId } = payment
  const event = create(PaymentWithdrawnSchema, { paymentId, paymentNo, customerId, withdrawnOn: on, reason })
  return { next: { ...move(payment, 'withdrawn'), withdrawReason: reason }, events: [event] }
}

/** Who acts on money, when, and whose sales it pays for: who earns from a payment neither confirms nor gives it back (decisions 59). */
export type Act = { readonly by: string; readonly on: BusinessDate; readonly earners: readonly string[] }

/** R223: finance confirms it, and never who recorded it, for whom it was recorded, or who earns from it. */
export const confirmPayment = (payment: Payment, { by, on, earners }: Act): Decision<Payment> => {
  const { id, paymentNo, customerId, amount } = payment
  if (payment.status === 'confirmed') throw conflict('payment_already_confirmed', { paymentNo })
  const next = { ...move(payment, 'confirmed'), confirmedBy: by, confirmedOn: on }
  refuseInterested([by], { recordedFor: payment.recordedFor, earnerIds: earners })
  const event = create(PaymentConfirmedSchema, {
    paymentId: id,
    paymentNo,
    customerId,
    amount: moneyMessage(amount),
    confirmedOn: on,
    confirmedBy: by,
  })
  return { next, events: [event] }
}

/** Uses money on account for bills and payment requests; `available` is what none of them waits for. */
export const applyPayment = (
  payment: Payment,
  { allocations, available }: { readonly allocations: readonly Wanted[]; readonly available: Money },
  { by, on, earners }: Act,
): Decision<Payment> => {
  const { id, paymentNo, customerId } = payment
  if (payment.status !== 'confirmed') throw conflict(`payment_is_${payment.status}`, { what: 'payment' })
  refuseInterested([by], { earnerIds: earners })
  expectWithin(available, allocations)
  const event = create(PaymentAppliedSchema, {
    paymentId: id,
    paymentNo,
    customerId,
    allocations: wantedMessages(allocations),
    appliedOn: on,
    appliedBy: by,
  })
  return { next: { ...payment, allocations: [...payment.allocations, ...allocations.map(fresh)] }, events: [event] }
}

/** Whether somebody may give it back: neither who recorded or confirmed it, nor who earns from it. */
export const expectRefunder = (payment: Payment, { by, earners }: Act): void => {
  if (payment.status !== 'confirmed') {
    throw conflict(`payment_is_${payment.status}`, { what: 'payment', to: 'refunded' })
  }
  const { recordedBy: makerId, recordedFor, confirmedBy: requesterId } = payment
  refuseInterested([by], { makerId, recordedFor, requesterId, earnerIds: earners })
}

/** Gives back money that is on account; what a bill had has been taken off it before. */
export const refund = (
  payment: Payment,
  { amount, reason, on }: { readonly amount: Money; readonly reason: string; readonly on: BusinessDate },
): Decision<Payment> => {
  const refunded = add(payment.refunded, amount)
  if (compareMoney(amount, onAccount(payment)) > 0) throw refundBeyond(amount)
  const event = create(PaymentRefundedSchema, {
    paymentId: payment.id,
    paymentNo: payment.paymentNo,
    customerId: payment.customerId,
    amount: moneyMessage(amount),
    refundedOn: on,
    reason,
  })
  const status = compareMoney(refunded, payment.amount) === 0 ? 'refunded' : 'confirmed'
  return { next: { ...move(payment, status), refunded }, events: [event] }
}

export const refundBeyond = (amount: Money) => conflict('refund_beyond_payment', { amount: formatMoney(amount) })
