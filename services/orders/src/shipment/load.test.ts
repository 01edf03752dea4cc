import { test as property } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aLine, anOrder, money, pieces } from '../../test/order-record.ts'
import { load } from './load.ts'

describe('R232: what ships is what was ordered', () => {
  test.each([
    [2, 1],
    [1, 3],
  ])('line %i with %i pieces is not', (lineNo, count) => {
    expect(() => load(anOrder(), [{ lineNo, quantity: pieces(count) }])).toThrow(
      expect.objectContaining({ code: 'quantity_beyond_order' }),
    )
  })
})

property.prop([
  fc.integer({ min: 1, max: 10 ** 6 }),
  fc.integer({ min: 0, max: 10 ** 6 }),
  fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 }),
])('however it ships in parts, what they are worth adds up to the line exactly', (net, tax, parts) => {
  const quantity = { thousandths: BigInt(parts.reduce((sum, part) => sum + part, 0)) }
  const line = aLine({ quantity, net: money(net), tax: money(tax), gross: money(net + tax) })
  let order = anOrder({ lines: [line] })
  let [shippedNet, shippedGross] = [0n, 0n]
  for (const part of parts) {
    const loaded = load(order, [{ lineNo: 1, quantity: { thousandths: BigInt(part) } }])
    order = { ...order, lines: loaded.lines }
    shippedNet += loaded.net.minor
    shippedGross += loaded.gross.minor
  }
  expect([shippedNet, shippedGross]).toEqual([BigInt(net), BigInt(net + tax)])
})
