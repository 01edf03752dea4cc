import { create } from '@bufbuild/protobuf'
import { moneyMessage, placeMessage } from '@saleswright/contracts'
import {
  AllocationReversedSchema,
  PaymentAllocatedSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import { add, type BusinessDate, type Decision, type Money } from '@saleswright/kernel'
import type { Allocation, Payment } from './payment.ts'

/** Whose sale it is: of the order as it stands now. */
type Credited = {
  readonly ownerId: string
  readonly unitId: string
  readonly orgPath: readonly string[]
  readonly partnerId?: string
}

type Share = {
  readonly allocation: Allocation
  readonly receivableId: string
  readonly amount: Money
  /** The part of the amount that is not tax. */
  readonly net: Money
  readonly credited: Credited
  readonly on: BusinessDate
}

/** The words that an allocation and its reversal have in common. */
const shareOf = (payment: Payment, { allocation, receivableId, amount, net, credited }: Share) => ({
  allocationId: allocation.id,
  paymentId: payment.id,
  paymentNo: payment.paymentNo,
  receivableId,
  orderId: allocation.orderId,
  orderNo: allocation.orderNo,
  customerId: payment.customerId,
  ...placeMessage(credited),
  paymentPlace: placeMessage(payment),
  amount: moneyMessage(amount),
  net: moneyMessage(net),
})

const changed = (payment: Payment, id: string, change: (one: Allocation) => Allocation): Payment => ({
  ...payment,
  allocations: payment.allocations.map((one) => (one.id === id ? change(one) : one)),
})

/** Puts money of a confirmed payment onto a bill: what targets and commission count (decisions 28). */
export const apply = (payment: Payment, share: Share): Decision<Payment> => {
  const { allocation, receivableId, amount, on } = share
  return {
    next: changed(payment, allocation.id, (one) => ({ ...one, receivableId, applied: add(one.applied, amount) })),
    events: [create(PaymentAllocatedSchema, { ...shareOf(payment, share), allocatedOn: on })],
  }
}

/** Takes an amount off its bill again; it is unapplied cash then. */
export const reverse = (payment: Payment, share: Share & { readonly reason: string }): Decision<Payment> => {
  const { allocation, amount, on, reason } = share
  return {
    next: changed(payment, allocation.id, (one) => ({ ...one, reversed: add(one.reversed, amount) })),
    events: [create(AllocationReversedSchema, { ...shareOf(payment, share), reversedOn: on, reason })],
  }
}
