import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  PaymentRequestCancelledSchema,
  PaymentRequestCoveredSchema,
  PaymentRequestedSchema,
  PaymentRequestFundedSchema,
  PaymentRequestHandedOverSchema,
} from '@saleswright/contracts/saleswright/orders/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  type Money,
  mover,
  type OwnedPlace,
  smaller,
  subtract,
  sum,
} from '@saleswright/kernel'

export const TRANSITIONS = { open: ['open', 'covered', 'cancelled'], covered: [], cancelled: [] } as const

export type Status = keyof typeof TRANSITIONS

/** Unapplied cash of a confirmed payment that waits for the rest. */
export type Reservation = { readonly paymentId: string; readonly allocationId: string; readonly amount: Money }

/**
 * What a prepaid order waits for (decisions 49): a pro forma with a number and a due date, and no bill. Money for it is unapplied
 * cash until all of it is there; the confirmation that brings the rest writes the bill.
 */
export type PaymentRequest = Aggregate &
  OwnedPlace & {
    readonly status: Status
    readonly requestNo: string
    readonly orderId: string
    readonly orderNo: string
    readonly customerId: string
    /** The gross of the order. */
    readonly amount: Money
    readonly reservations: readonly Reservation[]
    readonly requestedOn: BusinessDate
    readonly dueOn: BusinessDate
    /** The bill, once it is covered. */
    readonly receivableId?: string
  }

const move = mover<Status>('payment_request', TRANSITIONS)

export const received = ({ amount, reservations }: PaymentRequest): Money =>
  sum(
    amount.currency,
    reservations.map((one) => one.amount),
  )

export const missing = (request: PaymentRequest): Money => subtract(request.amount, received(request))

/** What is reserved of one payment while the request is open. */
export const reservedOf = ({ status, amount, reservations }: PaymentRequest, paymentId: string): Money =>
  sum(
    amount.currency,
    reservations.filter((one) => status === 'open' && one.paymentId === paymentId).map((one) => one.amount),
  )

export const requestPayment = (
  facts: Omit<PaymentRequest, 'version' | 'status' | 'reservations'>,
): Decision<PaymentRequest> => {
  const { id, requestNo, orderId, orderNo, customerId, ownerId, unitId, orgPath, partnerId } = facts
  const event = create(PaymentRequestedSchema, {
    paymentRequestId: id,
    requestNo,
    orderId,
    orderNo,
    customerId,
    ownerId,
    unitId,
    orgPath: [...orgPath],
    amount: moneyMessage(facts.amount),
    requestedOn: facts.requestedOn,
    dueOn: facts.dueOn,
    ...(partnerId !== undefined && { partnerId }),
  })
  return { next: { ...facts, version: 0, status: 'open', reservations: [] }, events: [event] }
}

const funded = (next: PaymentRequest, on: BusinessDate): Decision<PaymentRequest> => {
  const event = create(PaymentRequestFundedSchema, {
    paymentRequestId: next.id,
    orderId: next.orderId,
    received: moneyMessage(received(next)),
    missing: moneyMessage(missing(next)),
    on,
  })
  return { next, events: [event] }
}

/** Confirmed money that waits for the rest. */
export const reserve = (
  request: PaymentRequest,
  reservation: Reservation,
  on: BusinessDate,
): Decision<PaymentRequest> => {
  const next = move(request, 'open')
  return funded({ ...next, reservations: [...request.reservations, reservation] }, on)
}

/** Money of a payment that waits no more, because it goes back; the latest of it first. */
export const release = (
  request: PaymentRequest,
  { paymentId, amount }: { readonly paymentId: string; readonly amount: Money },
  on: BusinessDate,
): Decision<PaymentRequest> => {
  let left = amount
  const kept = request.reservations.toReversed().flatMap((one) => {
    if (one.paymentId !== paymentId) return [one]
    const off = smaller(left, one.amount)
    left = subtract(left, off)
    return off.minor === one.amount.minor ? [] : [{ ...one, amount: subtract(one.amount, off) }]
  })
  return funded({ ...move(request, 'open'), reservations: kept.toReversed() }, on)
}

/** All of it is there, or all but what is written off: the order has its bill. */
export const cover = (request: PaymentRequest, receivableId: string, on: BusinessDate): Decision<PaymentRequest> => {
  const { id: paymentRequestId, orderId } = request
  const event = create(PaymentRequestCoveredSchema, { paymentRequestId, orderId, receivableId, coveredOn: on })
  return { next: { ...move(request, 'covered'), receivableId }, events: [event] }
}

/** With its order; money that was reserved for it is free on account then. */
export const cancelRequest = (request: PaymentRequest, on: BusinessDate): Decision<PaymentRequest> => {
  const { id: paymentRequestId, orderId } = request
  const event = create(PaymentRequestCancelledSchema, { paymentRequestId, orderId, cancelledOn: on })
  return { next: move(request, 'cancelled'), events: [event] }
}

/** An open one follows its order to a new owner or place. */
export const handOverRequest = (
  request: PaymentRequest,
  { ownerId, unitId, orgPath }: OwnedPlace,
  on: BusinessDate,
): Decision<PaymentRequest> => {
  const event = create(PaymentRequestHandedOverSchema, {
    paymentRequestId: request.id,
    orderId: request.orderId,
    ownerId,
    unitId,
    orgPath: [...orgPath],
    on,
    ...(request.partnerId !== undefined && { partnerId: request.partnerId }),
  })
  return { next: { ...request, ownerId, unitId, orgPath }, events: [event] }
}
