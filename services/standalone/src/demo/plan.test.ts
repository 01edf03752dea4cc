import { addDays } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { makePlan } from './plan.ts'

const TODAY = '2026-03-10'
const plan = makePlan(TODAY, 600)
const priceOf = new Map(plan.goods.map(({ sku, price }) => [sku, price]))

test('the same day and number give the same company, so that a fill can be gone on with', () => {
  expect(makePlan(TODAY, 600)).toEqual(plan)
})

test('it has 200 customers, no two alike, and 60 products', () => {
  expect(new Set(plan.buyers.map(({ name }) => name)).size).toBe(200)
  expect(new Set(plan.goods.map(({ sku }) => sku)).size).toBe(60)
})

test('no lead is called like a customer, and no more orders come than were asked for', () => {
  const customers = new Set(plan.buyers.map(({ name }) => name))
  expect(plan.prospects.filter(({ companyName }) => customers.has(companyName))).toEqual([])
  expect(plan.sales.length + plan.tasks.length).toBe(600)
})

describe('the past year', () => {
  test('is over before what anybody may enter, also where money and goods follow', () => {
    expect(plan.sales.every(({ on }) => on > plan.firstDay && on <= addDays(TODAY, -4))).toBe(true)
    expect(plan.deals.every(({ on, closedOn = on }) => on > plan.firstDay && closedOn <= TODAY)).toBe(true)
  })

  test('has no customer buying before the file was there', () => {
    const early = plan.sales.filter(({ buyer, on }) => on < (plan.buyers[buyer]?.since ?? ''))
    expect(early).toEqual([])
  })

  test('goes under the floor of a rep where a manager decides, and nowhere else (R163)', () => {
    const isUnder = ({ items }: (typeof plan.sales)[number]): boolean =>
      items.some(({ sku, agreed }) => agreed !== undefined && agreed < 0.9 * (priceOf.get(sku) ?? 0))
    expect(plan.sales.filter(isUnder)).toEqual(plan.sales.filter(({ underFloor }) => underFloor))
    expect(plan.sales.some(isUnder)).toBe(true)
  })
})

test('something of every kind is left to do', () => {
  expect(new Set(plan.tasks.map(({ errand }) => errand)).size).toBe(8)
})
