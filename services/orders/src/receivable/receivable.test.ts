import { test as property } from '@fast-check/vitest'
import { describeTransitions } from '@saleswright/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../test/order-record.ts'
import {
  cancelReceivable,
  collect,
  giveBack,
  openAmount,
  type Receivable,
  type Status,
  TRANSITIONS,
  writeOff,
} from './receivable.ts'
import { daysOverdue } from './receivable-rpc.ts'

const DAY = '2026-03-10'

const aReceivable = (changes: Partial<Receivable> = {}): Receivable => ({
  id: 'r',
  version: 1,
  companyId: 'c',
  ownerId: 'o',
  unitId: 'u',
  orgPath: ['u'],
  status: 'open',
  orderId: 'order',
  orderNo: 'SO-20260310-000001',
  customerId: 'k',
  amount: money(11_300),
  net: money(10_000),
  collected: money(0),
  writtenOff: money(0),
  onCredit: false,
  billedOn: DAY,
  dueOn: DAY,
  ...changes,
})

describeTransitions<Status, Receivable>(
  'receivable',
  TRANSITIONS,
  {
    open: (receivable) =>
      receivable.status === 'open' || receivable.status === 'cancelled'
        ? collect(receivable, money(1), DAY).decision
        : giveBack(receivable, money(1), DAY).decision,
    collected: (receivable) =>
      collect({ ...receivable, collected: money(0), writtenOff: money(0) }, money(11_300), DAY).decision,
    cancelled: (receivable) => cancelReceivable(receivable, DAY),
    written_off: (receivable) => writeOff(receivable, { on: DAY, reason: 'rounding' }),
  },
  {
    first: 'open',
    build: ({ status }) =>
      aReceivable({
        status,
        ...(status === 'collected' && { collected: money(11_300) }),
        ...(status === 'written_off' && { collected: money(11_298), writtenOff: money(2) }),
      }),
  },
)

describe('what is collected', () => {
  test('is never more than is owed', () => {
    expect(() => collect(aReceivable({ collected: money(11_299) }), money(2), DAY)).toThrow(
      expect.objectContaining({ code: 'allocation_beyond_receivable' }),
    )
  })

  test('nothing of a cancelled one', () => {
    expect(openAmount(aReceivable({ status: 'cancelled' })).minor).toBe(0n)
  })
})

test.each([
  ['2026-03-10', 0],
  ['2026-03-11', 1],
  ['2026-04-10', 31],
])('R243: on %s it is overdue for %i days', (today, days) => {
  expect(daysOverdue(aReceivable(), today)).toBe(days)
  expect(daysOverdue(aReceivable({ status: 'collected' }), today)).toBe(0)
})

const cents = fc.integer({ min: 1, max: 5_000 })

property.prop([
  fc.integer({ min: 1, max: 50_000 }),
  fc.integer({ min: 0, max: 100 }),
  fc.array(cents, { maxLength: 30 }),
])('however it is paid in parts, the net shares add up to its net exactly', (gross, taxShare, parts) => {
  const net = money(Math.floor((gross * 100) / (100 + taxShare)))
  let receivable = aReceivable({ amount: money(gross), net })
  let shares = 0n
  for (const part of [...parts, gross]) {
    const amount = money(Math.min(part, Number(openAmount(receivable).minor)))
    if (amount.minor > 0n) {
      const moved = collect(receivable, amount, DAY)
      expect(moved.net.minor).toBeGreaterThanOrEqual(0n)
      shares += moved.net.minor
      receivable = moved.decision.next
    }
  }
  expect(receivable.status).toBe('collected')
  expect(shares).toBe(net.minor)
})

property.prop([fc.array(fc.tuple(fc.boolean(), cents), { maxLength: 40 })])(
  'what is given back takes its net with it: nothing collected, no net left',
  (moves) => {
    let receivable = aReceivable()
    let shares = 0n
    const apply = (out: boolean, wanted: bigint) => {
      const limit = out ? receivable.collected.minor : openAmount(receivable).minor
      const amount = money(wanted < limit ? wanted : limit)
      if (amount.minor === 0n) return
      const { decision, net } = out ? giveBack(receivable, amount, DAY) : collect(receivable, amount, DAY)
      shares += out ? -net.minor : net.minor
      receivable = decision.next
    }
    for (const [out, size] of moves) apply(out, BigInt(size))
    apply(true, receivable.collected.minor)
    expect(shares).toBe(0n)
    expect(receivable.collected.minor).toBe(0n)
  },
)
