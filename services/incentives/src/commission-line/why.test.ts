import { expect, test } from 'vitest'
import type { CommissionLine } from './commission-line.ts'
import { why } from './why.ts'

const line: CommissionLine = {
  id: 'l1',
  version: 0,
  companyId: 'c1',
  ownerId: 'li',
  unitId: 'north',
  orgPath: ['north'],
  orderId: 'o1',
  orderNo: 'SO-1',
  paymentId: 'p1',
  paymentNo: 'PAY-1',
  allocatedOn: '2017-03-01',
  currency: 'USD',
  kind: 'accrual',
  allocationId: 'a1',
  statementId: 's1',
  period: '2017-Q1',
  earnedPeriod: '2017-Q1',
  planId: 'plan',
  basis: 123_456_700n,
  amount: 4_000n,
  shares: [
    { rate: 30_000n, basis: 300_000n, amount: 9_000n },
    { rate: 1_250n, basis: -200_000n, amount: -250n },
  ],
  accruedAt: new Date(0),
}

test('a line says in both languages what was collected and how it was rated', () => {
  expect(why(line, 'en')).toBe(
    'Collected 1,234,567.00 USD on 2017-03-01 (order SO-1, payment PAY-1): 3,000.00 USD at 3 % is 90.00 USD, -2,000.00 USD at 0.125 % is -2.50 USD.',
  )
  expect(why({ ...line, kind: 'reversal', basis: -5n, shares: [] }, 'zh-CN')).toBe(
    '2017-03-01 的回款 PAY-1（订单 SO-1）冲回 0.05 USD：。',
  )
})

test('a line that another period settles says so', () => {
  expect(why({ ...line, kind: 'adjustment', period: '2017-Q3' }, 'en')).toContain(
    ' It belongs to 2017-Q1, whose statement was closed, and is therefore settled in 2017-Q3.',
  )
})
