import { companyScope, type Money, subtract, sum } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { reservedOf } from '../payment-request/payment-request.ts'
import { onAccount, type Payment } from './payment.ts'

type Room = { readonly desk: Desk; readonly tx: Tx }

/** What is on account of a payment and no payment request waits for. */
export const availableOf = async ({ desk, tx }: Room, payment: Payment): Promise<Money> => {
  const ids = payment.allocations.flatMap(({ paymentRequestId }) => paymentRequestId ?? [])
  const requests = await tx.findEach(desk.paymentRequests, companyScope(payment.companyId), [...new Set(ids)])
  const reserved = requests.flatMap((request) => (request ? [reservedOf(request, payment.id)] : []))
  return subtract(onAccount(payment), sum(payment.amount.currency, reserved))
}
