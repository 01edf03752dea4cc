import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  add,
  allocate,
  compareMoney,
  divideHalfEven,
  formatMoney,
  formatQuantity,
  formatRate,
  type Money,
  parseMoney,
  parseQuantity,
  parseRate,
  ratio,
  share,
  subtract,
  sum,
  times,
  zero,
} from './index.ts'

const LIMIT = 10n ** 12n - 1n
const currency = fc.constantFrom('CNY', 'USD', 'JPY', 'KWD')
const minor = fc.bigInt({ min: -LIMIT, max: LIMIT })
const yuan = minor.map((amount): Money => ({ currency: 'CNY', minor: amount }))
const refused = (code: string) => expect.objectContaining({ kind: 'invalid', code })

test.prop([currency, minor])('money is written and read back unchanged', (code, amount) => {
  const money = { currency: code, minor: amount }
  expect(parseMoney(code, formatMoney(money))).toEqual(money)
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
