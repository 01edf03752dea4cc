import type {
  ApplyPaymentRequest,
  ConfirmPaymentRequest,
  WithdrawPaymentRequest,
} from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { acceptBusinessDate, companyScope, expectEtag, mayMigrate } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import { expectNotBefore } from '../business-day.ts'
import { expose } from '../exposure/expose.ts'
import type { Step } from '../order/order-steps.ts'
import { availableOf } from './available.ts'
import { confirmAndAllocate, placeAll } from './confirm.ts'
import { earnersOf } from './earners.ts'
import { applyPayment, type Payment, withdrawPayment } from './payment.ts'
import { wantedOf } from './wanted.ts'

type Asked = { readonly paymentId: string; readonly etag: string; readonly on?: string | undefined }

const openPayment = async ({ desk, tx, call }: Step, { paymentId, etag, on }: Asked) => {
  const { actor, at } = call
  const payment = await tx.get(desk.payments, scopeOf(call), paymentId)
  expectEtag(payment, etag)
  const date = acceptBusinessDate(on, await todayIn(desk.directory, payment.companyId, at), mayMigrate(actor))
  return { payment, on: expectNotBefore(date, payment.receivedOn, 'on') }
}

export const confirmStep = async (step: Step, request: ConfirmPaymentRequest): Promise<Payment> => {
  const { desk, tx, call } = step
  const { payment, on } = await openPayment(step, request)
  if (payment.status === 'confirmed' && payment.confirmedBy === call.actor.id) return payment
  return confirmAndAllocate({ desk, tx }, { next: payment, events: [] }, { by: call.actor.id, on })
}

export const withdrawStep = async (step: Step, request: WithdrawPaymentRequest): Promise<Payment> => {
  const { desk, tx } = step
  const { reason } = request
  const { payment, on } = await openPayment(step, request)
  if (payment.status === 'withdrawn' && payment.withdrawReason === reason) return payment
  return tx.save(desk.payments, withdrawPayment(payment, { on, reason }))
}

/** Uses money on account for what is open; what payment requests wait for is theirs. */
export const applyStep = async (step: Step, request: ApplyPaymentRequest): Promise<Payment> => {
  const { desk, tx, call } = step
  const { payment, on } = await openPayment(step, request)
  expectNotBefore(on, payment.confirmedOn, 'on')
  const { companyId, customerId, amount } = payment
  const { allocations } = await wantedOf(step, customerId, request.allocations)
  const earners = await earnersOf(step, companyId, allocations)
  const available = await availableOf(step, payment)
  const decision = applyPayment(payment, { allocations, available }, { by: call.actor.id, on, earners })
  const stored = tx.save(desk.payments, decision)
  const used = await placeAll(step, stored, stored.allocations.slice(payment.allocations.length), on)
  await expose(desk, tx, { companyId, customerId, currency: amount.currency }, { change: used, cause: 'payment' })
  return tx.get(desk.payments, companyScope(companyId), payment.id)
}
