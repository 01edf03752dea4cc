import { test as property } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pieces } from '../../test/order-record.ts'
import { adjust, available, emptyStock, free, issue, reserve, type StockItem } from './stock-item.ts'

const stock = (onHand: number, reserved = 0): StockItem => ({
  ...emptyStock('i', 'c', 'A'),
  version: 1,
  onHand: pieces(onHand),
  reserved: pieces(reserved),
})

test('what others were promised cannot be promised again', () => {
  expect(reserve(stock(10, 7), 'o', pieces(3)).next.reserved).toEqual(pieces(10))
  expect(() => reserve(stock(10, 7), 'o', pieces(4))).toThrow(expect.objectContaining({ code: 'stock_short' }))
})

test('a count cannot take away what was promised', () => {
  expect(() => adjust(stock(10, 7), -4_000n, '盘亏')).toThrow(expect.objectContaining({ code: 'stock_below_reserved' }))
  expect(adjust(stock(10, 7), -3_000n, '盘亏').next.onHand).toEqual(pieces(7))
})

const orders = fc.array(
  fc.record({ quantity: fc.integer({ min: 1, max: 9 }), fate: fc.constantFrom('kept', 'freed', 'issued') }),
)

property.prop([fc.integer({ min: 0, max: 100 }), orders])(
  'stock is what came in less what left, and never below zero',
  (start, wanted) => {
    let item = stock(start)
    let [kept, left] = [0, 0]
    for (const { quantity, fate } of wanted) {
      if (available(item).thousandths < BigInt(quantity) * 1000n) continue
      item = reserve(item, 'o', pieces(quantity)).next
      if (fate === 'freed') item = free(item, 'o', pieces(quantity)).next
      else if (fate === 'issued') {
        item = issue(item, 'o', pieces(quantity)).next
        left += quantity
      } else kept += quantity
      expect(available(item).thousandths).toBeGreaterThanOrEqual(0n)
    }
    expect([item.onHand, item.reserved]).toEqual([pieces(start - left), pieces(kept)])
  },
)
