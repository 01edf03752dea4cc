import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  add,
  allocate,
  CURRENCIES,
  compareMoney,
  decimalsOf,
  divideHalfEven,
  divideHalfUp,
  expectAmount,
  formatMoney,
  formatQuantity,
  formatRate,
  type Money,
  parseMoney,
  parseQuantity,
  parseRate,
  parseSum,
  ratio,
  share,
  subtract,
  sum,
  taxOn,
  times,
  zero,
} from './index.ts'

const LIMIT = 10n ** 12n - 1n
const currency = fc.constantFrom(...CURRENCIES)
const minor = fc.bigInt({ min: -LIMIT, max: LIMIT })
/** Around the limit of twelve integer digits, whatever the currency's decimals. */
const anyMinor = fc
  .tuple(fc.integer({ min: 10, max: 17 }), fc.bigInt({ min: -20n, max: 20n }), fc.boolean())
  .map(([power, more, below]) => (below ? -1n : 1n) * (10n ** BigInt(power) + more))
const yuan = minor.map((amount): Money => ({ currency: 'CNY', minor: amount }))
const refused = (code: string) => expect.objectContaining({ kind: 'invalid', code })

test.prop([currency, minor])('money is written and read back unchanged', (code, amount) => {
  const money = { currency: code, minor: amount }
  expect(parseMoney(code, formatMoney(money))).toEqual(money)
})

test.prop([currency, anyMinor])(
  'in every currency a request has at most 12 integer digits, and what is computed for a document no more than that',
  (code, amount) => {
    const money = { currency: code, minor: amount }
    const fits = formatMoney(money).replace('-', '').split('.')[0]?.length ?? 0
    expect(parseSum(code, formatMoney(money))).toEqual(money)
    if (fits <= 12) {
      expect(expectAmount(money)).toEqual(money)
      expect(parseMoney(code, formatMoney(money))).toEqual(money)
    } else {
      expect(() => expectAmount(money)).toThrow(refused('amount_too_large'))
      expect(() => parseMoney(code, formatMoney(money))).toThrow(refused('bad_amount'))
    }
  },
)

test.each([
  ['HUF', 2],
  ['IDR', 2],
  ['COP', 2],
  ['JPY', 0],
  ['VND', 0],
  ['KWD', 3],
  ['CLF', 4],
  ['XCG', 2],
])('%s has %i decimals by ISO 4217', (code, decimals) => {
  expect(decimalsOf(code)).toBe(decimals)
})

test.each(['XYZ', 'XXX', 'XTS', 'XAU', 'cny', 'CN', ''])('%j is no currency', (code) => {
  expect(() => decimalsOf(code)).toThrow(refused('bad_currency'))
})

test.prop([fc.string()])(
  'a text is an amount exactly when it is decimal with at most 12 integer digits and two decimals',
  (text) => {
    const read = () => parseMoney('CNY', text)
    if (/^-?\d{1,12}(\.\d{1,2})?$/.test(text)) expect(read().currency).toBe('CNY')
    else expect(read).toThrow(refused('bad_amount'))
  },
)

test.prop([fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })])(
  'of more than 12 integer digits nothing is read',
  (whole) => {
    const digits = `${whole < 0n ? -whole : whole}`.length
    const read = () => parseMoney('CNY', `${whole}.00`)
    if (digits <= 12) expect(read().minor).toBe(whole * 100n)
    else expect(read).toThrow(refused('bad_amount'))
  },
)

test.prop([yuan, yuan, yuan])(
  'adding is a group: order does not matter, subtracting undoes it, zero changes nothing',
  (a, b, c) => {
    expect(add(a, b)).toEqual(add(b, a))
    expect(add(add(a, b), c)).toEqual(sum('CNY', [c, b, a]))
    expect(subtract(add(a, b), b)).toEqual(a)
    expect(add(a, zero('CNY'))).toEqual(a)
  },
)

test.prop([yuan, yuan])('comparing has the sign of the difference, and refuses other currencies', (a, b) => {
  const difference = subtract(a, b).minor
  expect(compareMoney(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0)
  expect(() => compareMoney(a, { ...b, currency: 'USD' })).toThrow(refused('mixed_currencies'))
  expect(() => add(a, { ...b, currency: 'USD' })).toThrow(refused('mixed_currencies'))
})

const size = (value: bigint) => (value < 0n ? -value : value)

test.prop([minor, fc.bigInt({ min: 1n, max: LIMIT })])(
  'a division is off by at most a half, and by a half only to an even number',
  (dividend, divisor) => {
    const quotient = divideHalfEven(dividend, divisor)
    const off = size(dividend - quotient * divisor) * 2n
    expect(off <= divisor).toBe(true)
    if (off === divisor) expect(quotient % 2n).toBe(0n)
    expect(divideHalfEven(-dividend, divisor)).toBe(-quotient)
  },
)

test.prop([minor, fc.bigInt({ min: 1n, max: LIMIT })])(
  'halves go up in size for tax and lines, and all else to the nearest',
  (dividend, divisor) => {
    const quotient = divideHalfUp(dividend, divisor)
    const off = size(dividend - quotient * divisor) * 2n
    expect(off <= divisor).toBe(true)
    if (off === divisor) expect(size(quotient)).toBe(size(dividend) / divisor + 1n)
    expect(divideHalfUp(-dividend, divisor)).toBe(-quotient)
  },
)

test.each([
  ['0.50', '0.13', '0.07'],
  ['0.05', '0.10', '0.01'],
  ['-0.50', '0.13', '-0.07'],
  ['100.00', '0.13', '13.00'],
])('the tax on %s at %s is %s', (net, rate, tax) => {
  expect(formatMoney(taxOn(parseMoney('CNY', net), parseRate(rate)))).toBe(tax)
})

test('half a cent of a line goes up', () => {
  expect(formatMoney(times(parseMoney('CNY', '0.05'), parseQuantity('0.5')))).toBe('0.03')
  expect(formatMoney(times(parseMoney('CNY', '0.01'), parseQuantity('0.5')))).toBe('0.01')
})

const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 })

test.prop([yuan, weights.filter((all) => all.some((weight) => weight > 0n))])(
  'what is allocated adds up, each part within a cent of its share, none to a weight of zero',
  (amount, shares) => {
    const parts = allocate(amount, shares)
    const total = shares.reduce((left, right) => left + right, 0n)
    expect(sum('CNY', parts)).toEqual(amount)
    for (const [index, weight] of shares.entries()) {
      const part = parts[index]?.minor ?? 0n
      expect(size(part * total - amount.minor * weight) < total).toBe(true)
      if (weight === 0n) expect(part).toBe(0n)
    }
    const opposite = allocate({ ...amount, minor: -amount.minor }, shares)
    expect(opposite.map((part) => -part.minor)).toEqual(parts.map((part) => part.minor))
  },
)

test.each([{ shares: [] }, { shares: [0n, 0n] }, { shares: [2n, -1n] }])(
  'nothing is allocated by the weights $shares',
  ({ shares }) => {
    expect(() => allocate({ currency: 'CNY', minor: 100n }, shares)).toThrow(refused('bad_weights'))
  },
)

test('the cents left over go to the largest remainders, first come first', () => {
  const split = (amount: bigint, shares: bigint[]) =>
    allocate({ currency: 'CNY', minor: amount }, shares).map((part) => part.minor)
  expect(split(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
  expect(split(10n, [1n, 2n, 1n])).toEqual([3n, 5n, 2n])
  expect(split(5n, [1n, 3n])).toEqual([1n, 4n])
})

test.prop([fc.bigInt({ min: 0n, max: 10n ** 12n - 1n })])(
  'a quantity is written and read back unchanged',
  (thousandths) => {
    expect(parseQuantity(formatQuantity({ thousandths }))).toEqual({ thousandths })
  },
)

test.prop([fc.bigInt({ min: -(10n ** 12n) + 1n, max: 10n ** 12n - 1n })])(
  'a rate is written and read back unchanged',
  (millionths) => {
    expect(parseRate(formatRate({ millionths }))).toEqual({ millionths })
  },
)

test.each(['', '-1', '1.2345', '1234567890', '1e3', ' 1'])('%j is no quantity', (text) => {
  expect(() => parseQuantity(text)).toThrow(refused('bad_quantity'))
})

test.each(['', '0.0000001', '.5', '5%', '1234567'])('%j is no rate', (text) => {
  expect(() => parseRate(text)).toThrow(refused('bad_rate'))
})

test.prop([yuan, fc.bigInt({ min: 0n, max: 10n ** 6n })])(
  'whole units cost their price as often, and a share of one is the whole',
  (price, units) => {
    expect(times(price, { thousandths: units * 1000n }).minor).toBe(price.minor * units)
    expect(share(price, { millionths: 1_000_000n })).toEqual(price)
    expect(ratio(price, units, 1n).minor).toBe(price.minor * units)
  },
)

test('quantities and rates lose their trailing zeros only', () => {
  expect(formatQuantity({ thousandths: 100_000n })).toBe('100')
  expect(formatQuantity({ thousandths: 2_500n })).toBe('2.5')
  expect(formatRate({ millionths: 10_000_000n })).toBe('10')
  expect(formatRate({ millionths: 30_000n })).toBe('0.03')
})
