import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
  PaymentConfirmedSchema,
  PaymentRecordedSchema,
  PaymentRefundedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  conflict,
  type Decision,
  type ExternalRef,
  formatMoney,
  type Money,
  mover,
  sum,
  zero,
} from '@saleswright/kernel'

export const TRANSITIONS = {
  recorded: ['confirmed'],
  confirmed: ['confirmed', 'refunded'],
  refunded: [],
} as const

export type Status = keyof typeof TRANSITIONS

export type Allocation = {
  readonly id: string
  readonly receivableId: string
  readonly orderId: string
  readonly orderNo: string
  readonly amount: Money
  /** Taken off the receivable again. */
  readonly reversed: Money
  /** Given back to the customer; never more than was reversed. */
  readonly refunded: Money
}

/** Money that came in (R223, R224). What no receivable has of it lies on account and lowers the customer's exposure. */
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
  /** Given back of what no receivable ever had. */
  readonly returned?: Money
  readonly receivedOn: BusinessDate
  readonly recordedBy: string
  /** For whom it was recorded; whoever that is does not confirm it. */
  readonly recordedFor: string
  readonly confirmedBy?: string
  readonly confirmedOn?: BusinessDate
  readonly slipFileId?: string
  readonly externalRef?: ExternalRef
}

const move = mover<Status>('payment', TRANSITIONS)

const total = (currency: string, amounts: readonly Money[]): Money => sum(currency, amounts)

/** What no receivable ever had of it and was not given back. */
export const unallocated = ({ amount, allocations, returned }: Payment): Money => ({
  currency: amount.currency,
  minor: allocations.reduce((left, one) => left - one.amount.minor, amount.minor - (returned?.minor ?? 0n)),
})

/** What lies on account: neither with a receivable nor given back. */
export const onAccount = (payment: Payment): Money => ({
  currency: payment.amount.currency,
  minor: payment.allocations.reduce(
    (all, { reversed, refunded }) => all + reversed.minor - refunded.minor,
    unallocated(payment).minor,
  ),
})

type Facts = Omit<Payment, 'version' | 'status' | 'allocations' | 'returned' | 'confirmedBy' | 'confirmedOn'> & {
  readonly allocations: readonly Omit<Allocation, 'reversed' | 'refunded'>[]
}

export const recordPayment = (facts: Facts): Decision<Payment> => {
  const { id, paymentNo, customerId, amount, allocations, receivedOn } = facts
  const allocated = total(
    amount.currency,
    allocations.map((allocation) => allocation.amount),
  )
  if (allocated.minor > amount.minor) {
    throw conflict('allocation_beyond_payment', { amount: formatMoney(amount), allocated: formatMoney(allocated) })
  }
  const none = zero(amount.currency)
  const next: Payment = {
    ...facts,
    version: 0,
    status: 'recorded',
    allocations: allocations.map((allocation) => ({ ...allocation, reversed: none, refunded: none })),
  }
  const event = create(PaymentRecordedSchema, {
    paymentId: id,
    paymentNo,
    customerId,
    amount: moneyMessage(amount),
    receivedOn,
    method: facts.method,
    allocations: allocations.map(({ receivableId, orderId, amount: part }) => ({
      receivableId,
      orderId,
      amount: moneyMessage(part),
    })),
    recordedFor: facts.recordedFor,
    ...(facts.slipFileId !== undefined && { slipFileId: facts.slipFileId }),
  })
  return { next, events: [event] }
}

type Confirmation = { readonly by: string; readonly on: BusinessDate }

/** R223: finance confirms it, and never who recorded it or for whom it was recorded. */
export const confirmPayment = (payment: Payment, { by, on }: Confirmation): Decision<Payment> => {
  const next = { ...move(payment, 'confirmed'), confirmedBy: by, confirmedOn: on }
  if (by === payment.recordedFor) throw conflict('approver_is_maker', { paymentNo: payment.paymentNo })
  const event = create(PaymentConfirmedSchema, {
    paymentId: payment.id,
    paymentNo: payment.paymentNo,
    customerId: payment.customerId,
    amount: moneyMessage(payment.amount),
    confirmedOn: on,
    confirmedBy: by,
  })
  return { next, events: [event] }
}

/** Whose sale it is: of the order as it stands now. */
type Credited = {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly partnerId?: string
}

type Share = {
  readonly allocation: Allocation
  readonly credited: Credited
  readonly net: Money
  readonly on: BusinessDate
}

/** The words that an allocation and its reversal have in common. */
const shareOf = (payment: Payment, { allocation, credited, net }: Share) => ({
  allocationId: allocation.id,
  paymentId: payment.id,
  paymentNo: payment.paymentNo,
  receivableId: allocation.receivableId,
  orderId: allocation.orderId,
  orderNo: allocation.orderNo,
  customerId: payment.customerId,
  ownerId: credited.ownerId,
  unitId: credited.unitId,
  orgPath: [...credited.orgPath],
  net: moneyMessage(net),
  ...(credited.partnerId !== undefined && { partnerId: credited.partnerId }),
})

/** Told for each allocation of a confirmed payment: what targets and commission count. */
export const allocated = (payment: Payment, share: Share): Decision<Payment> => {
  const event = create(PaymentAllocatedSchema, {
    ...shareOf(payment, share),
    amount: moneyMessage(share.allocation.amount),
    allocatedOn: share.on,
  })
  return { next: payment, events: [event] }
}

type Reversal = Share & { readonly amount: Money; readonly reason: string }

/** Takes an amount off its receivable; it lies on account then. */
export const reverse = (payment: Payment, reversal: Reversal): Decision<Payment> => {
  const { allocation, amount, reason, on } = reversal
  const event = create(AllocationReversedSchema, {
    ...shareOf(payment, reversal),
    amount: moneyMessage(amount),
    reversedOn: on,
    reason,
  })
  const change = (one: Allocation): Allocation => ({
    ...one,
    reversed: { ...one.reversed, minor: one.reversed.minor + amount.minor },
  })
  return { next: withAllocation(payment, allocation.id, change), events: [event] }
}

/** Its receivable was cancelled before the money was confirmed: it finds nothing, and lies on account. */
export const misplaced = (payment: Payment, allocation: Allocation): Payment =>
  withAllocation(payment, allocation.id, (one) => ({ ...one, reversed: one.amount }))

const withAllocation = (payment: Payment, id: string, change: (one: Allocation) => Allocation): Payment => ({
  ...payment,
  allocations: payment.allocations.map((one) => (one.id === id ? change(one) : one)),
})

type Refund = {
  readonly parts: readonly { readonly allocationId: string; readonly amount: Money }[]
  /** Of what no receivable ever had. */
  readonly rest: Money
  readonly reason: string
  readonly on: BusinessDate
}

/** Gives money back that lies on account; what was with a receivable has been taken off it before. */
export const refund = (payment: Payment, { parts, rest, reason, on }: Refund): Decision<Payment> => {
  const { currency } = payment.amount
  const returned = total(currency, [payment.returned ?? zero(currency), rest])
  const next = parts.reduce<Payment>(
    (left, { allocationId, amount }) =>
      withAllocation(left, allocationId, (one) => ({
        ...one,
        refunded: { ...one.refunded, minor: one.refunded.minor + amount.minor },
      })),
    { ...payment, ...(returned.minor > 0n && { returned }) },
  )
  const back = total(currency, [returned, ...next.allocations.map(({ refunded }) => refunded)])
  const event = create(PaymentRefundedSchema, {
    paymentId: payment.id,
    paymentNo: payment.paymentNo,
    customerId: payment.customerId,
    amount: moneyMessage(total(currency, [rest, ...parts.map(({ amount }) => amount)])),
    refundedOn: on,
    reason,
  })
  return { next: move(next, back.minor === payment.amount.minor ? 'refunded' : 'confirmed'), events: [event] }
}
