import { fc } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { parseQuantity } from './quantity.ts'
import { parseRate } from './rate.ts'
import { compareDiscounted, extend, formatUnitPrice, parseUnitPrice, unitPriceOf } from './unit-price.ts'

const cny = (amount: string) => parseUnitPrice('CNY', amount)

describe('a unit price', () => {
  test.each([
    ['CNY', '16.448', '16.448'],
    ['CNY', '80', '80.00'],
    ['CNY', '0.000001', '0.000001'],
    ['JPY', '12.5', '12.5'],
    ['JPY', '12', '12'],
    ['CNY', '999999999999.999999', '999999999999.999999'],
  ])('in %s of %s is written %s', (currency, amount, written) => {
    expect(formatUnitPrice(parseUnitPrice(currency, amount))).toBe(written)
  })

  test.each(['', '-1', '1.', '.5', '1.0000001', '1e3', '1'.repeat(13), ' 1', '１'])('is not "%s"', (amount) => {
    expect(() => cny(amount)).toThrow('bad_unit_price')
  })

  test('needs a currency of ISO 4217', () => {
    expect(() => parseUnitPrice('XYZ', '1')).toThrow('bad_currency')
  })

  test('may be made of an amount', () => {
    expect(unitPriceOf({ currency: 'CNY', minor: 1650n })).toEqual(cny('16.50'))
    expect(unitPriceOf({ currency: 'JPY', minor: 16n })).toEqual(parseUnitPrice('JPY', '16'))
  })
})

describe('a line', () => {
  test.each([
    ['16.448', '1000', '0', 1_644_800n],
    ['16.448', '1', '0', 1645n],
    ['0.005', '1', '0', 1n],
    ['0.004999', '1', '0', 0n],
    ['100', '3', '0.05', 28_500n],
    ['0.333333', '3', '0', 100n],
    ['100', '1', '1', 0n],
  ])('of %s × %s less %s comes to %i', (price, quantity, discount, minor) => {
    expect(extend(cny(price), parseQuantity(quantity), parseRate(discount)).minor).toBe(minor)
  })

  test('that could not be paid is refused', () => {
    expect(() => extend(cny('999999999999'), parseQuantity('2'))).toThrow('amount_too_large')
  })
})

test('a discounted price is compared exactly', () => {
  expect(compareDiscounted(cny('100'), parseRate('0.100001'), cny('90'))).toBeLessThan(0)
  expect(compareDiscounted(cny('100'), parseRate('0.1'), cny('90'))).toBe(0)
  expect(compareDiscounted(cny('100'), undefined, cny('99.999999'))).toBeGreaterThan(0)
})

test('a unit price is read as it was written', () => {
  const prices = fc.record({
    currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
    millionths: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
  })
  fc.assert(
    fc.property(prices, (price) => {
      expect(parseUnitPrice(price.currency, formatUnitPrice(price))).toEqual(price)
    }),
  )
})
