import { describeTransitions } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { accrue, confirm, openStatement, publish, type Statement, TRANSITIONS } from './statement.ts'

const opened = openStatement(
  { companyId: 'c1', ownerId: 'li', period: '2017-Q1', currency: 'CNY' },
  { unitId: 'north', orgPath: ['root', 'north'] },
)
const line = (allocatedOn: string, unitId: string) => ({
  id: allocatedOn,
  kind: 'accrual' as const,
  unitId,
  orgPath: ['root', unitId],
  orderId: 'o',
  paymentId: 'p',
  allocatedOn,
  basis: 100n,
  amount: 3n,
})

describeTransitions(
  'statement',
  TRANSITIONS,
  { published: publish, confirmed: (statement: Statement) => confirm(statement, 'li') },
  { first: 'draft', build: ({ status }) => ({ ...opened, status }) },
)

describe('statement', () => {
  test('it is the sum of its lines, and tells each of them', () => {
    const { next, events } = accrue(opened, [line('2017-01-05', 'north'), line('2017-01-06', 'north')])
    expect(next).toMatchObject({ basis: 200n, amount: 6n, lines: 2 })
    expect(events).toHaveLength(2)
  })

  test('it lies where the person was at the latest payment, in whatever order payments come', () => {
    const early = line('2017-01-05', 'north')
    const late = line('2017-03-05', 'south')
    expect(accrue(opened, [early, late]).next).toMatchObject({ unitId: 'south', orgPath: ['root', 'south'] })
    expect(accrue(opened, [late, early]).next).toMatchObject({ unitId: 'south', orgPath: ['root', 'south'] })
  })

  test('nothing is added once it is published', () => {
    const { next } = publish(opened)
    expect(() => accrue(next, [line('2017-01-05', 'north')])).toThrow('statement_is_published')
  })

  test('nobody confirms the statement of another', () => {
    expect(() => confirm(publish(opened).next, 'wang')).toThrow('statement_not_yours')
  })
})
