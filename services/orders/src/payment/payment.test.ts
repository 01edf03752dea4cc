import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { money } from '../../test/order-record.ts'
import {
  type Allocation,
  confirmPayment,
  onAccount,
  type Payment,
  recordPayment,
  refund,
  type Status,
  TRANSITIONS,
} from './payment.ts'

const DAY = '2026-03-10'

const anAllocation = (changes: Partial<Allocation> = {}): Allocation => ({
  id: 'a',
  receivableId: 'r',
  orderId: 'o',
  orderNo: 'SO-20260310-000001',
  amount: money(100),
  reversed: money(0),
  refunded: money(0),
  ...changes,
})

const aPayment = (changes: Partial<Payment> = {}): Payment => ({
  id: 'p',
  version: 1,
  companyId: 'c',
  ownerId: 'o',
  unitId: 'u',
  orgPath: ['u'],
  paymentNo: 'PM-20260310-000001',
  status: 'recorded',
  customerId: 'k',
  method: 'transfer',
  amount: money(100),
  allocations: [anAllocation()],
  receivedOn: DAY,
  recordedBy: 'clerk',
  recordedFor: 'clerk',
  ...changes,
})

const back = (payment: Payment, amount: number) =>
  refund(payment, {
    parts: [{ allocationId: 'a', amount: money(amount) }],
    rest: money(0),
    reason: 'returned',
    on: DAY,
  })

describeTransitions<Status, Payment>(
  'payment',
  TRANSITIONS,
  {
    confirmed: (payment) =>
      payment.status === 'recorded' ? confirmPayment(payment, { by: 'finance', on: DAY }) : back(payment, 1),
    refunded: (payment) => back(payment, 100),
  },
  { first: 'recorded', build: ({ status }) => aPayment({ status }) },
)

describe('R223: the money is confirmed by somebody else', () => {
  test.each([
    ['for whom it was recorded', { recordedFor: 'finance' }],
    ['who recorded it', { recordedBy: 'finance', recordedFor: 'finance' }],
  ] as const)('not by %s', (_who, changes) => {
    expect(() => confirmPayment(aPayment(changes), { by: 'finance', on: DAY })).toThrow(
      expect.objectContaining({ code: 'approver_is_maker' }),
    )
  })
})

test('no more is allocated than was paid', () => {
  const {
    version: _version,
    status: _status,
    ...facts
  } = aPayment({ allocations: [anAllocation({ amount: money(101) })] })
  expect(() => recordPayment(facts)).toThrow(expect.objectContaining({ code: 'allocation_beyond_payment' }))
})

test.each([
  [{ amount: money(150) }, 50n],
  [{ amount: money(150), returned: money(20) }, 30n],
  [{ allocations: [anAllocation({ reversed: money(40) })] }, 40n],
  [{ allocations: [anAllocation({ reversed: money(40), refunded: money(30) })] }, 10n],
])('what no receivable has lies on account', (changes, minor) => {
  expect(onAccount(aPayment(changes)).minor).toBe(minor)
})
