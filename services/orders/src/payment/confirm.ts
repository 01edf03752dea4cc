import { type BusinessDate, companyScope, type Decision, smaller } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { chain } from '../chain.ts'
import type { Desk } from '../desk.ts'
import { expose } from '../exposure/expose.ts'
import { missing, reserve } from '../payment-request/payment-request.ts'
import { billPrepaid } from '../receivable/billing.ts'
import { openAmount } from '../receivable/receivable.ts'
import { earnersOf } from './earners.ts'
import { type Allocation, confirmPayment, type Payment } from './payment.ts'
import { postCash } from './post-cash.ts'
import { putOnBill } from './put-on-bill.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }
type Confirmation = { readonly by: string; readonly on: BusinessDate }

/**
 * Finance has seen the money (R223): all of it is posted as unapplied cash, and then finds its bills and payment requests. What they
 * cannot take any more, since other money was there first or they were cancelled, stays on account.
 */
export const confirmAndAllocate = async (
  room: Room,
  recorded: Decision<Payment>,
  { by, on }: Confirmation,
): Promise<Payment> => {
  const { desk, tx } = room
  const earners = await earnersOf(room, recorded.next.companyId, recorded.next.allocations)
  const payment = tx.save(
    desk.payments,
    chain(recorded, (next) => confirmPayment(next, { by, on, earners })),
  )
  postCash(desk, tx, payment, { kind: 'payment', step: '', businessDate: on, amount: payment.amount })
  const used = await placeAll(room, payment, payment.allocations, on)
  const account = { ...payment, currency: payment.amount.currency }
  await expose(desk, tx, account, { change: used - payment.amount.minor, cause: 'payment' })
  return tx.get(desk.payments, companyScope(payment.companyId), payment.id)
}

/** Finds each part its place; how much of it does not lower the customer's exposure by lying on account any more. */
export const placeAll = async (
  room: Room,
  payment: Payment,
  allocations: readonly Allocation[],
  on: BusinessDate,
): Promise<bigint> => {
  let used = 0n
  for (const allocation of allocations) used += await place(room, { payment, allocation, on })
  return used
}

type Placing = { readonly payment: Payment; readonly allocation: Allocation; readonly on: BusinessDate }

const place = async (room: Room, placing: Placing): Promise<bigint> => {
  const { paymentRequestId, receivableId } = placing.allocation
  if (paymentRequestId !== undefined) return placeOnRequest(room, placing, paymentRequestId)
  return receivableId === undefined ? 0n : placeOnBill(room, placing, receivableId)
}

const placeOnRequest = async (room: Room, placing: Placing, requestId: string): Promise<bigint> => {
  const { desk, tx } = room
  const { payment, allocation, on } = placing
  const request = await tx.get(desk.paymentRequests, companyScope(payment.companyId), requestId)
  if (request.receivableId !== undefined) return placeOnBill(room, placing, request.receivableId)
  if (request.status !== 'open') return 0n
  const amount = smaller(allocation.amount, missing(request))
  const reservation = { paymentId: payment.id, allocationId: allocation.id, amount }
  const funded = tx.save(desk.paymentRequests, reserve(request, reservation, on))
  if (missing(funded).minor === 0n) await billPrepaid(room, funded, on)
  return amount.minor
}

const placeOnBill = async (room: Room, { payment, allocation, on }: Placing, receivableId: string): Promise<bigint> => {
  const { companyId, id: paymentId } = payment
  const receivable = await room.tx.get(room.desk.receivables, companyScope(companyId), receivableId)
  const amount = smaller(allocation.amount, openAmount(receivable))
  if (amount.minor === 0n) return 0n
  await putOnBill(room, { companyId, paymentId, allocationId: allocation.id, receivableId, amount, on })
  // On credit, less is owed where less is on account: the exposure is the same.
  return receivable.onCredit ? 0n : amount.minor
}
