import { test as property } from '@fast-check/vitest'
import { moneyMessage, readMoney } from '@saleswright/contracts'
import { CURRENCIES, parseRate, parseUnitPrice } from '@saleswright/kernel'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aFloor, aPoint, aProduct, catalog } from '../../test/offer-record.ts'
import { pieces, unitPrice } from '../../test/order-record.ts'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceKind } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'
import type { PricePoint } from '../product-prices/product-prices.ts'
import type { AboveList } from './floors.ts'
import { type LinesQuestion, type Priced, priceLines, type WantedLine } from './price-lines.ts'

const question: LinesQuestion = {
  kind: 'ex_factory',
  date: '2026-03-10',
  currency: 'CNY',
  migrated: false,
  aboveList: 'approve',
}
const one: WantedLine = { sku: 'A', quantity: pieces(1) }
const priceOf = (points: readonly PricePoint[], asked: Partial<LinesQuestion> = {}) =>
  priceLines(catalog({ points }), [one], { ...question, ...asked }).lines[0]?.net.minor
const refused = (code: string) => expect.objectContaining({ code })

describe('R155: dated prices', () => {
  const points = [aPoint('ex_factory', '2026-01-01', 100), aPoint('ex_factory', '2026-03-10', 120)]

  test.each([
    ['2026-03-09', 100n],
    ['2026-03-10', 120n],
    ['2027-01-01', 120n],
  ])('on %s the price is %i', (date, price) => {
    expect(priceOf(points, { date })).toBe(price)
  })

  test('before the first one there is no price', () => {
    expect(() => priceOf(points, { date: '2025-12-31' })).toThrow(refused('no_price'))
  })

  test('R159: partners buy at wholesale and others ex factory, whoever they are', () => {
    const both = [...points, aPoint('wholesale', '2026-01-01', 80)]
    expect(priceOf(both)).toBe(120n)
    expect(priceOf(both, { kind: 'wholesale' })).toBe(80n)
  })

  test('of a product that has one other kind alone, that one counts; of two, none is guessed', () => {
    expect(priceOf(points, { kind: 'wholesale' })).toBe(120n)
    const two = [aPoint('ex_factory', '2026-01-01', 100), aPoint('retail', '2026-01-01', 150)]
    expect(() => priceOf(two, { kind: 'wholesale' })).toThrow(refused('no_price'))
  })

  test('a price in another currency is another price', () => {
    expect(() => priceOf(points, { currency: 'USD' })).toThrow(refused('no_price'))
  })

  test('a unit price has up to six decimals, and a line is rounded once', () => {
    const fine = [{ ...aPoint('ex_factory', '2026-01-01', 0), unitPrice: parseUnitPrice('CNY', '16.448') }]
    const { lines } = priceLines(catalog({ points: fine }), [{ ...one, quantity: pieces(1000) }], question)
    expect(lines[0]).toMatchObject({ net: { minor: 1_644_800n }, tax: { minor: 213_824n } })
  })
})

describe('agreed prices', () => {
  const points = [aPoint('ex_factory', '2026-01-01', 100), aPoint('wholesale', '2026-01-01', 70)]
  const floor = aFloor('2026-01-01', 90, 80)
  const classFor = (wanted: Partial<WantedLine>, floors: readonly PriceFloor[], asked: Partial<LinesQuestion> = {}) =>
    priceLines(catalog({ points, floors }), [{ ...one, ...wanted }], { ...question, ...asked }).priceClass

  test('a published price needs nobody, also below a floor', () => {
    const floors = [aFloor('2026-01-01', 150, 140), aFloor('2026-01-01', 150, 140, 'wholesale')]
    expect(classFor({}, floors)).toBeUndefined()
    expect(classFor({}, floors, { kind: 'wholesale' })).toBeUndefined()
  })

  test('floors count for the kind of list that priced the line', () => {
    const agreed = { agreedUnitPrice: unitPrice(69) }
    expect(classFor(agreed, [floor, aFloor('2026-01-01', 65, 60, 'wholesale')], { kind: 'wholesale' })).toBeUndefined()
    expect(classFor(agreed, [floor], { kind: 'wholesale' })).toBe('price_under_rep_floor')
  })

  test('a discount counts as an agreed price, exactly', () => {
    expect(classFor({ discountRate: parseRate('0.1') }, [floor])).toBeUndefined()
    expect(classFor({ discountRate: parseRate('0.100001') }, [floor])).toBe('price_under_rep_floor')
    expect(classFor({ agreedUnitPrice: unitPrice(95), discountRate: parseRate('0.2') }, [floor])).toBe(
      'price_under_manager_floor',
    )
  })

  test('a floor holds until the next one of its kind begins', () => {
    const floors = [floor, aFloor('2026-03-10', 95, 85), aFloor('2026-02-01', 99, 98, 'wholesale')]
    const agreed = { agreedUnitPrice: unitPrice(92) }
    expect(classFor(agreed, floors, { date: '2026-03-09' })).toBeUndefined()
    expect(classFor(agreed, floors)).toBe('price_under_rep_floor')
  })
})

describe('a price above the list', () => {
  const agreed = (aboveList: AboveList, kind: PriceKind = 'ex_factory', migrated = false) =>
    priceLines(catalog({ points: [aPoint(kind, '2026-01-01', 100)] }), [{ ...one, agreedUnitPrice: unitPrice(101) }], {
      ...question,
      kind,
      aboveList,
      migrated,
    }).priceClass

  test('is approved, allowed or refused by the policy', () => {
    expect([agreed('approve'), agreed('allow')]).toEqual(['price_above_list', undefined])
    expect(() => agreed('refuse')).toThrow(refused('price_above_list'))
  })

  test('R160: is always refused on a retail list', () => {
    for (const policy of ['approve', 'allow'] as const) {
      expect(() => agreed(policy, 'retail')).toThrow(refused('price_above_list'))
    }
  })

  test('is carried by a migration, whatever the policy and the list', () => {
    for (const policy of ['refuse', 'approve', 'allow'] as const) {
      expect([agreed(policy, 'ex_factory', true), agreed(policy, 'retail', true)]).toEqual([undefined, undefined])
    }
  })
})

describe('what is refused', () => {
  const points = [aPoint('ex_factory', '2026-01-01', 100)]
  const refuse = (wanted: Partial<WantedLine>, product: Partial<Product> = {}) =>
    expect(() => priceLines(catalog({ points, product: aProduct(product) }), [{ ...one, ...wanted }], question))

  test('R165: what is not sold, is sold no more, or comes to nothing', () => {
    refuse({ sku: 'B' }).toThrow(refused('unknown_sku'))
    refuse({}, { active: false }).toThrow(refused('product_inactive'))
    refuse({ quantity: pieces(0) }).toThrow(refused('quantity_zero'))
  })

  test('half a piece, but not half a kilogram', () => {
    const half = { quantity: { thousandths: 500n } }
    refuse(half).toThrow(refused('quantity_not_whole'))
    refuse({ quantity: { thousandths: 505n } }, { quantityDecimals: 2 }).toThrow(refused('quantity_not_whole'))
    const product = aProduct({ quantityDecimals: 1 })
    expect(priceLines(catalog({ points, product }), [{ ...one, ...half }], question).net.minor).toBe(50n)
  })

  test('a fault names the line it is in', () => {
    refuse({ sku: 'B' }).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ field: 'lines[0].sku' })] }),
    )
  })

  test('an amount that the contract could not carry', () => {
    const agreedUnitPrice = parseUnitPrice('CNY', '999999999.99')
    refuse({ quantity: { thousandths: 999_999_999_000n }, agreedUnitPrice }).toThrow(
      expect.objectContaining({
        code: 'amount_too_large',
        violations: [expect.objectContaining({ field: 'lines[0].quantity' })],
      }),
    )
  })
})

property.prop([
  fc.array(fc.tuple(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 1, max: 10 ** 6 })), { minLength: 1 }),
])('the totals of an order are the sums of its lines, and gross is net and tax', (parts) => {
  const wanted = parts.map(([thousandths, minor]) => ({
    sku: 'A',
    quantity: { thousandths: BigInt(thousandths) },
    agreedUnitPrice: unitPrice(minor),
  }))
  const offers = catalog({
    product: aProduct({ quantityDecimals: 3 }),
    points: [aPoint('ex_factory', '2026-01-01', 100)],
  })
  const { lines, net, tax, gross } = priceLines(offers, wanted, question)
  expect(lines.reduce((sum, line) => sum + line.net.minor, 0n)).toBe(net.minor)
  expect(lines.reduce((sum, line) => sum + line.tax.minor, 0n)).toBe(tax.minor)
  expect(gross.minor).toBe(net.minor + tax.minor)
})

property.prop([
  fc.constantFrom(...CURRENCIES),
  fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }),
  fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }),
])('in every currency an order is refused, or each of its amounts can be paid', (currency, millionths, thousandths) => {
  const point = { ...aPoint('ex_factory', '2026-01-01', 0), unitPrice: { currency, millionths } }
  const offers = catalog({ product: aProduct({ quantityDecimals: 3 }), points: [point] })
  let priced: Priced
  try {
    priced = priceLines(offers, [{ sku: 'A', quantity: { thousandths } }], { ...question, currency })
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid', code: 'amount_too_large' })
    return
  }
  const amounts = [priced.net, priced.tax, priced.gross, ...priced.lines.map(({ gross }) => gross)]
  for (const amount of amounts) expect(readMoney(moneyMessage(amount))).toEqual(amount)
})
