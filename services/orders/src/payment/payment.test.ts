import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { money } from '../../test/order-record.ts'
import {
  type Allocation,
  confirmPayment,
  expectRefunder,
  onAccount,
  type Payment,
  recordPayment,
  refund,
  type Status,
  TRANSITIONS,
  withdrawPayment,
} from './payment.ts'

const DAY = '2026-03-10'

const anAllocation = (changes: Partial<Allocation> = {}): Allocation => ({
  id: 'a',
  receivableId: 'r',
  orderId: 'o',
  orderNo: 'SO-20260310-000001',
  amount: money(100),
  applied: money(0),
  reversed: money(0),
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
  refunded: money(0),
  allocations: [anAllocation()],
  receivedOn: DAY,
  recordedBy: 'clerk',
  recordedFor: 'clerk',
  ...changes,
})

const confirm = (payment: Payment, by = 'finance', earners: readonly string[] = ['seller']) =>
  confirmPayment(payment, { by, on: DAY, earners })
const back = (payment: Payment, amount: number) =>
  refund(payment, { amount: money(amount), reason: 'returned', on: DAY })
const refused = (code: string) => expect.objectContaining({ code })

describeTransitions<Status, Payment>(
  'payment',
  TRANSITIONS,
  {
    confirmed: (payment) => (payment.status === 'recorded' ? confirm(payment) : back(payment, 1)),
    refunded: (payment) => back(payment, 100),
    withdrawn: (payment) => withdrawPayment(payment, { on: DAY, reason: 'typed twice' }),
  },
  { first: 'recorded', build: ({ status }) => aPayment({ status }) },
)

describe('R223: the money is confirmed by somebody else', () => {
  test.each([
    ['for whom it was recorded', { recordedFor: 'finance' }, ['seller']],
    ['who recorded it', { recordedBy: 'finance', recordedFor: 'finance' }, ['seller']],
    ['who earns from the order', {}, ['finance']],
  ] as const)('not by %s', (_who, changes, earners) => {
    expect(() => confirm(aPayment(changes), 'finance', earners)).toThrow(refused('approver_is_maker'))
  })

  test('and once: who confirms again is told so, whoever they are', () => {
    expect(() => confirm(aPayment({ status: 'confirmed' }), 'other')).toThrow(refused('payment_already_confirmed'))
  })
})

test.each([
  ['who recorded it', { recordedBy: 'finance' }, []],
  ['for whom it was recorded', { recordedFor: 'finance' }, []],
  ['who confirmed it', { confirmedBy: 'finance' }, []],
  ['who earns from an order', {}, ['finance']],
] as const)('money is not given back by %s', (_who, changes, earners) => {
  const payment = aPayment({ status: 'confirmed', confirmedBy: 'checker', ...changes })
  expect(() => expectRefunder(payment, { by: 'finance', on: DAY, earners })).toThrow(refused('approver_is_maker'))
  expect(() => expectRefunder(payment, { by: 'third', on: DAY, earners })).not.toThrow()
})

test('no more is allocated than was paid', () => {
  const {
    version: _version,
    status: _status,
    refunded: _refunded,
    ...facts
  } = aPayment({
    allocations: [anAllocation({ amount: money(101) })],
  })
  expect(() => recordPayment(facts)).toThrow(refused('allocation_beyond_payment'))
})

test.each([
  [{ amount: money(150), allocations: [anAllocation({ applied: money(100) })] }, 50n],
  [{ amount: money(150), allocations: [anAllocation({ applied: money(100) })], refunded: money(20) }, 30n],
  [{ allocations: [anAllocation({ applied: money(100), reversed: money(40) })] }, 40n],
  [{ allocations: [anAllocation()] }, 100n],
])('what no bill has is on account', (changes, minor) => {
  expect(onAccount(aPayment(changes)).minor).toBe(minor)
})

test('no more goes back than is on account', () => {
  const payment = aPayment({ status: 'confirmed', allocations: [anAllocation({ applied: money(60) })] })
  expect(() => back(payment, 41)).toThrow(refused('refund_beyond_payment'))
  expect(back(payment, 40).next).toMatchObject({ status: 'confirmed', refunded: money(40) })
})
