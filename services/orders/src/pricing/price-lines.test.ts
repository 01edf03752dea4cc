import { test as property } from '@fast-check/vitest'
import { moneyMessage, readMoney } from '@saleswright/contracts'
import { CURRENCIES } from '@saleswright/kernel'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money, pieces } from '../../test/order-record.ts'
import { catalogOf } from '../catalog/prices-in-force.ts'
import type { PriceFloor } from '../price-floor/price-floor.ts'
import type { PriceKind, PriceList } from '../price-list/price-list.ts'
import type { Product } from '../product/product.ts'
import { classOf, strictest } from './floors.ts'
import { type Priced, type PriceQuestion, priceLines } from './price-lines.ts'

const row = { id: 'x', version: 1, companyId: 'c' }

const aProduct = (sku: string, changes: Partial<Product> = {}): Product => ({
  ...row,
  sku,
  name: sku,
  uom: '件',
  taxRate: { millionths: 130_000n },
  stocked: true,
  active: true,
  ...changes,
})

const aList = (kind: PriceKind, validFrom: string, minor: number): PriceList => ({
  ...row,
  name: kind,
  kind,
  currency: 'CNY',
  validFrom,
  reason: 'cost',
  entries: [{ sku: 'A', unitPrice: money(minor) }],
})

const aFloor = (validFrom: string, rep: number, manager: number): PriceFloor => ({
  ...row,
  sku: 'A',
  repFloor: money(rep),
  managerFloor: money(manager),
  validFrom,
})

const question: PriceQuestion = { kind: 'ex_factory', date: '2026-03-10', currency: 'CNY', migrated: false }
const one = [{ sku: 'A', quantity: pieces(1) }]
const priceOf = (lists: readonly PriceList[], asked: Partial<PriceQuestion> = {}) =>
  priceLines(catalogOf([aProduct('A')], lists, []), one, { ...question, ...asked }).lines[0]?.unitPrice.minor

describe('R155: dated price lists', () => {
  const lists = [aList('ex_factory', '2026-01-01', 100), aList('ex_factory', '2026-03-10', 120)]

  test.each([
    ['2026-03-09', 100n],
    ['2026-03-10', 120n],
    ['2027-01-01', 120n],
  ])('on %s the price is %i', (date, price) => {
    expect(priceOf(lists, { date })).toBe(price)
  })

  test('before the first list there is no price', () => {
    expect(() => priceOf(lists, { date: '2025-12-31' })).toThrow(expect.objectContaining({ code: 'no_price' }))
  })

  test('R159: partners buy at wholesale and others ex factory, whoever they are', () => {
    const both = [...lists, aList('wholesale', '2026-01-01', 80)]
    expect(priceOf(both)).toBe(120n)
    expect(priceOf(both, { kind: 'wholesale' })).toBe(80n)
  })

  test('where only one other kind is in force, that one is asked; of two, none is guessed', () => {
    expect(priceOf(lists, { kind: 'wholesale' })).toBe(120n)
    const two = [aList('ex_factory', '2026-01-01', 100), aList('retail', '2026-01-01', 150)]
    expect(() => priceOf(two, { kind: 'wholesale' })).toThrow(expect.objectContaining({ code: 'no_price' }))
  })

  test('a list of another currency is another list', () => {
    expect(() => priceOf(lists, { currency: 'USD' })).toThrow(expect.objectContaining({ code: 'no_price' }))
  })
})

describe('R163: the two floors', () => {
  const floor = aFloor('2026-01-01', 90, 80)

  test.each([
    [100, undefined],
    [90, undefined],
    [89, 'price_under_rep_floor'],
    [80, 'price_under_rep_floor'],
    [79, 'price_under_manager_floor'],
    [101, undefined],
  ] as const)('%i of a list price of 100 needs %s', (minor, needed) => {
    expect(classOf(money(minor), money(100), floor)).toBe(needed)
  })

  test('R162: without a floor nobody goes under the list alone', () => {
    expect(classOf(money(100), money(100))).toBeUndefined()
    expect(classOf(money(99), money(100))).toBe('price_under_rep_floor')
  })

  test('R164: of several lines the strictest counts', () => {
    expect(strictest(['price_under_rep_floor', undefined, 'price_under_manager_floor'])).toBe(
      'price_under_manager_floor',
    )
    expect(strictest([undefined])).toBeUndefined()
  })

  test('a floor holds until the next one begins', () => {
    const catalog = catalogOf(
      [aProduct('A')],
      [aList('ex_factory', '2026-01-01', 100)],
      [floor, aFloor('2026-03-10', 95, 85)],
    )
    const agreed = [{ ...one[0]!, agreedUnitPrice: money(92) }]
    expect(priceLines(catalog, agreed, { ...question, date: '2026-03-09' }).priceClass).toBeUndefined()
    expect(priceLines(catalog, agreed, question).priceClass).toBe('price_under_rep_floor')
  })
})

describe('what is refused', () => {
  const lists = [aList('ex_factory', '2026-01-01', 100)]
  const refuse = (sku: string, product: Partial<Product>, quantity = pieces(1)) =>
    expect(() => priceLines(catalogOf([aProduct('A', product)], lists, []), [{ sku, quantity }], question))

  test('R165: what is not sold, is sold no more, or comes to nothing', () => {
    refuse('B', {}).toThrow(expect.objectContaining({ code: 'unknown_sku' }))
    refuse('A', { active: false }).toThrow(expect.objectContaining({ code: 'product_inactive' }))
    refuse('A', {}, pieces(0)).toThrow(expect.objectContaining({ code: 'quantity_zero' }))
  })

  test('a fault names the line it is in', () => {
    refuse('B', {}).toThrow(
      expect.objectContaining({ violations: [expect.objectContaining({ field: 'lines[0].sku' })] }),
    )
  })

  test('an amount that the contract could not carry', () => {
    const huge = [{ sku: 'A', quantity: { thousandths: 999_999_999_999n }, agreedUnitPrice: money(99_999_999_999n) }]
    expect(() => priceLines(catalogOf([aProduct('A')], lists, []), huge, question)).toThrow(
      expect.objectContaining({ code: 'amount_too_large' }),
    )
  })
})

property.prop([
  fc.array(fc.tuple(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 1, max: 10 ** 6 })), { minLength: 1 }),
])('the totals of an order are the sums of its lines, and gross is net and tax', (parts) => {
  const wanted = parts.map(([thousandths, minor]) => ({
    sku: 'A',
    quantity: { thousandths: BigInt(thousandths) },
    agreedUnitPrice: money(minor),
  }))
  const catalog = catalogOf([aProduct('A')], [aList('ex_factory', '2026-01-01', 100)], [])
  const { lines, net, tax, gross } = priceLines(catalog, wanted, question)
  expect(lines.reduce((sum, line) => sum + line.net.minor, 0n)).toBe(net.minor)
  expect(lines.reduce((sum, line) => sum + line.tax.minor, 0n)).toBe(tax.minor)
  expect(gross.minor).toBe(net.minor + tax.minor)
})

property.prop([
  fc.constantFrom(...CURRENCIES),
  fc.bigInt({ min: 1n, max: 10n ** 15n }),
  fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }),
])('in every currency an order is refused, or each of its amounts can be paid', (currency, minor, thousandths) => {
  const unitPrice = { currency, minor }
  const price = { ...aList('ex_factory', '2026-01-01', 100), currency, entries: [{ sku: 'A', unitPrice }] }
  const catalog = catalogOf([aProduct('A')], [price], [])
  let priced: Priced
  try {
    priced = priceLines(catalog, [{ sku: 'A', quantity: { thousandths } }], { ...question, currency })
  } catch (error) {
    expect(error).toMatchObject({ kind: 'invalid', code: 'amount_too_large' })
    return
  }
  const amounts = [priced.net, priced.tax, priced.gross, ...priced.lines.map(({ gross }) => gross)]
  for (const amount of amounts) expect(readMoney(moneyMessage(amount))).toEqual(amount)
})
