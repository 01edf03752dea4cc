import { describeTransitions } from '@saleswright/testing'
import { expect, test } from 'vitest'
import { money } from '../../test/order-record.ts'
import {
  cancelRequest,
  cover,
  missing,
  type PaymentRequest,
  received,
  release,
  requestPayment,
  reserve,
  reservedOf,
  type Status,
  TRANSITIONS,
} from './payment-request.ts'

const DAY = '2026-03-10'

const aRequest = (changes: Partial<PaymentRequest> = {}): PaymentRequest => ({
  ...requestPayment({
    id: 'q',
    companyId: 'c',
    ownerId: 'o',
    unitId: 'u',
    orgPath: ['u'],
    requestNo: 'PR-20260310-000001',
    orderId: 'order',
    orderNo: 'SO-20260310-000001',
    customerId: 'k',
    amount: money(100),
    requestedOn: DAY,
    dueOn: DAY,
  }).next,
  ...changes,
})

const of = (paymentId: string, amount: number) => ({
  paymentId,
  allocationId: `of ${paymentId}`,
  amount: money(amount),
})

describeTransitions<Status, PaymentRequest>(
  'payment_request',
  TRANSITIONS,
  {
    open: (request) => reserve(request, of('p', 1), DAY),
    covered: (request) => cover(request, 'r', DAY),
    cancelled: (request) => cancelRequest(request, DAY),
  },
  { first: 'open', build: (changes) => aRequest(changes) },
)

test('what was received and what is missing come to what was asked for', () => {
  const request = reserve(reserve(aRequest(), of('p', 60), DAY).next, of('q', 15), DAY).next
  expect([received(request), missing(request)]).toEqual([money(75), money(25)])
})

test('what waits of one payment is released, the latest of it first, and no other money', () => {
  const request = aRequest({ reservations: [of('p', 30), of('q', 20), of('p', 10)] })
  const { next } = release(request, { paymentId: 'p', amount: money(25) }, DAY)
  expect(next.reservations).toEqual([of('p', 15), of('q', 20)])
  expect([reservedOf(next, 'p'), reservedOf(next, 'q')]).toEqual([money(15), money(20)])
})

test('a covered request reserves nothing any more', () => {
  expect(reservedOf(aRequest({ status: 'covered', reservations: [of('p', 100)] }), 'p')).toEqual(money(0))
})
