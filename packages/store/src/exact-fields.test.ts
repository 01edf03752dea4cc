import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import {
  millionthsOf,
  minorOf,
  moneyFrom,
  moneyIn,
  quantityFrom,
  rateFrom,
  storedMoney,
  thousandthsOf,
} from './exact-fields.ts'

const whole = fc.bigInt({ min: BigInt(Number.MIN_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) })

test.prop([whole])('what was stored comes back to the last digit', (minor) => {
  const money = { currency: 'CNY', minor }
  expect(moneyIn('CNY')(minorOf(money))).toEqual(money)
  expect(moneyFrom(storedMoney(money))).toEqual(money)
  expect(quantityFrom(thousandthsOf({ thousandths: minor }))).toEqual({ thousandths: minor })
  expect(rateFrom(millionthsOf({ millionths: minor }))).toEqual({ millionths: minor })
})

test('what a double does not hold is refused', () => {
  const minor = BigInt(Number.MAX_SAFE_INTEGER) + 1n
  expect(() => minorOf({ currency: 'CNY', minor })).toThrow('number_not_exact')
  expect(() => storedMoney({ currency: 'CNY', minor })).toThrow('number_not_exact')
})
