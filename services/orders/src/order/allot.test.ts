import { test as property } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aLine, anOrder, money, pieces } from '../../test/order-record.ts'
import { allot, isShort } from './allot.ts'
import { backOrder, fillLine, reservedOf } from './back-order.ts'
import type { Line } from './order.ts'
import { reduce } from './reduce.ts'

const DATE = '2026-03-10'
const of = (...counts: readonly number[]): readonly Line[] =>
  counts.map((count, index) => aLine({ lineNo: index + 1, quantity: pieces(count) }))
const there = (lines: readonly Line[], available: number) =>
  allot(lines, () => pieces(available)).map((one) => one.there)

test('lines take what there is of a product one after the other, and what is made to order is always there', () => {
  expect(there(of(3, 3), 5)).toEqual([pieces(3), pieces(2)])
  expect(there(of(6, 3), 5)).toEqual([pieces(5), pieces(0)])
  expect(there([aLine({ fromStock: false })], 0)).toEqual([pieces(2)])
})

test('half a piece that lies there is not sold, and half a kilogram is', () => {
  const half = () => ({ thousandths: 1_500n })
  expect(allot([aLine()], half)[0]?.there).toEqual(pieces(1))
  expect(allot([aLine({ quantityDecimals: 1 })], half)[0]?.there).toEqual({ thousandths: 1_500n })
})

describe('what is not there', () => {
  const order = anOrder({ lines: of(3, 3), net: money(20_000), gross: money(20_000) })
  const allotted = allot(order.lines, () => pieces(5))
  const promised = { promisedOn: '2026-03-24', date: DATE }

  test('R216: waits with its line for the promised day, and is filled in parts', () => {
    const { next, events } = backOrder(order, allotted, promised)
    expect(next.lines.map(({ waiting }) => waiting)).toEqual([
      undefined,
      { quantity: pieces(1), promisedOn: '2026-03-24' },
    ])
    expect(events).toMatchObject([{ lines: [{ lineNo: 2, quantity: '1', promisedOn: '2026-03-24' }] }])
    expect(fillLine(next, 2, { thousandths: 400n }, DATE).next.lines[1]?.waiting?.quantity).toEqual({
      thousandths: 600n,
    })
    expect(fillLine(next, 2, pieces(1), DATE).next.lines[1]).not.toHaveProperty('waiting')
  })

  test('is not ordered, with the amounts of what is left', () => {
    const reduced = reduce(order, allotted, { whole: false, date: DATE })
    expect(reduced?.next).toMatchObject({ net: money(20_000), lines: [{ lineNo: 1 }, { quantity: pieces(2) }] })
    expect(reduced?.events).toMatchObject([{ lines: [{ quantity: '3' }, { quantity: '2' }] }])
  })

  test('goes with its whole line where the stock is not shown, and the order with its last line', () => {
    expect(reduce(order, allotted, { whole: true, date: DATE })?.next.lines).toMatchObject([{ lineNo: 1 }])
    expect(
      reduce(
        order,
        allot(order.lines, () => pieces(2)),
        { whole: true, date: DATE },
      ),
    ).toBeUndefined()
  })

  test('is not taken off an order whose price was approved for all of it', () => {
    const approved = { ...order, priceApproval: 'approved' as const }
    expect(() => reduce(approved, allotted, { whole: false, date: DATE })).toThrow(
      expect.objectContaining({ code: 'price_approved_for_whole' }),
    )
  })
})

property.prop([fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), fc.nat({ max: 200 })])(
  'never more is reserved than is there, and nothing of a line is lost',
  (counts, available) => {
    const order = anOrder({ lines: of(...counts) })
    const allotted = allot(order.lines, () => pieces(available))
    const { next } = backOrder(order, allotted, { promisedOn: '2026-03-24', date: DATE })
    const reserved = next.lines.reduce((sum, line) => sum + reservedOf(line).thousandths, 0n)
    const wanted = counts.reduce((sum, count) => sum + count, 0)
    expect(reserved).toBe(pieces(Math.min(wanted, available)).thousandths)
    expect(allotted.some(isShort)).toBe(wanted > available)
  },
)
