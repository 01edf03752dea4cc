import { allOf } from './all-of.ts'
import { today, yuan } from './facts.ts'
import type { Http } from './http.ts'
import type { Hands } from './sign-in.ts'

type Asked = {
  readonly paymentRequestId: string
  readonly customerId: string
  readonly amount: { readonly amount: string }
}

const IN_FLIGHT = 4

/**
 * The customer accepts what is available, and the money for these prepaid orders, all of one customer, comes in: two sign-ins, as
 * the rule has it. Done again, it has been done.
 * One payment tells of all its orders at once, so that its consumers get them in one batch.
 */
export const pay = async (http: Http, { seller, cashier }: Hands, orderIds: readonly string[]): Promise<void> => {
  const asked = await allOf(orderIds, IN_FLIGHT, async (orderId) => {
    await http.post(`/v1/orders/${orderId}/acknowledge-stock`, seller, {}, `acceptance:${orderId}`)
    const { paymentRequests } = await http.get(`/v1/payment-requests?orderId=${orderId}`, seller)
    const [request] = paymentRequests as readonly Asked[]
    if (!request) throw new Error(`order ${orderId} asks for no payment`)
    return request
  })
  const sum = asked.reduce((all, { amount }) => all + BigInt(amount.amount.replace('.', '')), 0n)
  const payment = {
    customerId: asked[0]?.customerId,
    amount: yuan(`${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`),
    method: 'TRANSFER',
    allocations: asked.map(({ paymentRequestId, amount }) => ({ paymentRequestId, amount })),
    receivedOn: today(),
  }
  const { paymentId } = await http.post('/v1/payments', seller, payment, `payment:${orderIds[0]}`)
  await http.post(`/v1/payments/${String(paymentId)}/confirm`, cashier, {}, `confirmation:${orderIds[0]}`)
}
