import { expect, test } from 'vitest'
import { aFloor } from '../../test/offer-record.ts'
import { unitPrice } from '../../test/order-record.ts'
import { type AboveList, classOf, strictest } from './floors.ts'

const APPROVED = { aboveList: 'approve', migrated: false } as const
const floor = aFloor('2026-01-01', 90, 80)
const classAt = (minor: number, list = 100, aboveList: AboveList = 'approve') =>
  classOf(
    { sku: 'A', unitPrice: unitPrice(minor), listUnitPrice: unitPrice(list), kind: 'ex_factory', floor },
    { aboveList, migrated: false },
  )

test.each([
  [100, undefined],
  [90, undefined],
  [89, 'price_under_rep_floor'],
  [80, 'price_under_rep_floor'],
  [79, 'price_under_manager_floor'],
  [101, 'price_above_list'],
] as const)('R163: %i of a list price of 100 needs %s', (minor, needed) => {
  expect(classAt(minor)).toBe(needed)
})

test('R162: without a floor nobody goes below the list alone', () => {
  const without = (minor: number) =>
    classOf({ sku: 'A', unitPrice: unitPrice(minor), listUnitPrice: unitPrice(100), kind: 'ex_factory' }, APPROVED)
  expect([without(100), without(99)]).toEqual([undefined, 'price_under_rep_floor'])
})

test('a list price that is below the floors itself may be agreed, and nothing below it', () => {
  expect([classAt(70, 70), classAt(75, 70, 'allow'), classAt(69, 70)]).toEqual([
    undefined,
    undefined,
    'price_under_manager_floor',
  ])
})

test('R164: of several lines the strictest counts', () => {
  expect(strictest(['price_under_rep_floor', undefined, 'price_under_manager_floor'])).toBe('price_under_manager_floor')
  expect(strictest(['price_under_rep_floor', 'price_above_list'])).toBe('price_under_rep_floor')
  expect(strictest([undefined])).toBeUndefined()
})
