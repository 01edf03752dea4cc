import type { SettlePaymentRequestRequest } from '@saleswright/contracts/saleswright/orders/v1/money_in_pb.ts'
import { todayIn } from '@saleswright/directory'
import { companyScope, conflict, expectEtag, formatMoney } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import type { Step } from '../order/order-steps.ts'
import { SMALL_DIFFERENCE } from '../policy/policies.ts'
import { billPrepaid } from '../receivable/billing.ts'
import { giveUpOpen } from '../receivable/write-off.ts'
import { missing, type PaymentRequest } from './payment-request.ts'

/** The order is billed with what is there, and the small difference that is missing is written off. */
export const settleDifference = async (
  step: Step,
  { paymentRequestId, reason, etag }: SettlePaymentRequestRequest,
): Promise<PaymentRequest> => {
  const { desk, tx, call } = step
  const request = await tx.get(desk.paymentRequests, scopeOf(call), paymentRequestId)
  expectEtag(request, etag)
  const { companyId, status } = request
  if (status === 'covered') return request
  if (status !== 'open') throw conflict(`payment_request_is_${status}`, { what: 'payment_request', to: 'covered' })
  const on = await todayIn(desk.directory, companyId, call.at)
  const small = BigInt(await desk.policies.value(companyId, SMALL_DIFFERENCE, on))
  const { currency, minor } = missing(request)
  if (minor > small) {
    const params = { missing: formatMoney({ currency, minor }), limit: formatMoney({ currency, minor: small }) }
    throw conflict('difference_too_large', params)
  }
  const receivable = await billPrepaid(step, request, on)
  await giveUpOpen(step, receivable, { on: receivable.billedOn, reason })
  return tx.get(desk.paymentRequests, companyScope(companyId), request.id)
}
