import { describe, expect, test } from 'vitest'
import { unitPrice } from '../../test/order-record.ts'
import { correctPrice, publishPriceList } from './price-list.ts'

const TODAY = '2026-03-10'
const facts = {
  id: 'l',
  companyId: 'c',
  name: 'x',
  kind: 'ex_factory',
  currency: 'CNY',
  validFrom: TODAY,
  publishedOn: TODAY,
  reasonCode: 'cost',
  reason: 'x',
} as const
const list = (validFrom: string, publishedOn: string) =>
  publishPriceList({ ...facts, publishedOn, entries: [{ sku: 'A', unitPrice: unitPrice(100), validFrom }] }).next
const mending = {
  sku: 'A',
  unitPrice: unitPrice(90),
  reason: 'typo',
  by: 'p',
  at: new Date(0),
  today: TODAY,
  migrating: false,
}

describe('a price may be corrected', () => {
  test.each([
    ['published today, in force since last year', '2025-01-01', TODAY],
    ['in force from today', TODAY, '2026-01-01'],
    ['not in force yet', '2026-05-01', '2026-01-01'],
  ])('when it is %s', (_, validFrom, publishedOn) => {
    const { next, events } = correctPrice(list(validFrom, publishedOn), mending)
    expect(next.entries).toEqual([{ sku: 'A', unitPrice: unitPrice(90), validFrom }])
    expect(next.corrections).toMatchObject([{ before: unitPrice(100), after: unitPrice(90), reason: 'typo', by: 'p' }])
    expect(events).toMatchObject([{ sku: 'A', before: { amount: '1.00' }, after: { amount: '0.90' }, reason: 'typo' }])
  })

  test('but not when orders were taken at it on earlier days, unless a migration does it', () => {
    const old = list('2026-03-09', '2026-03-09')
    expect(() => correctPrice(old, mending)).toThrow('price_in_force')
    expect(correctPrice(old, { ...mending, migrating: true }).events).toHaveLength(1)
  })

  test('the same price changes nothing', () => {
    const same = list(TODAY, TODAY)
    expect(correctPrice(same, { ...mending, unitPrice: unitPrice(100) })).toEqual({ next: same, events: [] })
  })

  test('neither into another currency nor for what the list does not name', () => {
    const dollars = { currency: 'USD', millionths: 1n }
    expect(() => correctPrice(list(TODAY, TODAY), { ...mending, unitPrice: dollars })).toThrow('mixed_currencies')
    expect(() => correctPrice(list(TODAY, TODAY), { ...mending, sku: 'B' })).toThrow('price_not_found')
  })
})
