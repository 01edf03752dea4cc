import { describe, expect, test } from 'vitest'
import { ofPerson, ofUnit, planOf } from './records.ts'
import { everything, NORTH, openStage, ROOT, SHOP, SOUTH } from './stage.ts'

const { plans, attainment, orders, organization, someone, drained } = await openStage()
const inShop = [ROOT, NORTH, SHOP]
const inSouth = [ROOT, SOUTH]
const li = organization.person(
  'Li',
  { orgPath: inShop, from: '2000-01-01', until: '2017-03-01' },
  { orgPath: inSouth, from: '2017-03-01' },
)
const wang = organization.person('Wang', { orgPath: inSouth, from: '2000-01-01' })
const head = await someone(everything('company'))
const north = await someone(everything('subtree'), NORTH)
const self = await someone(everything('self'), SOUTH, wang)

const { targetPlanId } = await plans.createTargetPlan(
  planOf('2017', ofPerson(li, '2017-Q1', '1300'), ofPerson(wang, '2017-Q1', '500'), ofUnit(NORTH, '2017-Q2', '900')),
  head.as(),
)
await plans.publishTargetPlan({ targetPlanId }, head.as())
await orders.collect({ by: li, at: inShop, net: '1000', on: '2017-01-31' })
const refunded = await orders.collect({ by: li, at: inSouth, net: '300', on: '2017-03-31' })
await orders.takeBack(refunded, { by: wang, at: inShop, net: '100', on: '2017-04-01' })
await orders.collect({ by: wang, at: inSouth, net: '600', on: '2017-02-01' })
await orders.collect({ by: wang, at: inSouth, net: '7', on: '2017-02-01', currency: 'EUR' })
await drained()

const listed = async (period: string, groupBy: string, caller = head) => {
  const { attainments } = await attainment.listAttainments({ period, groupBy }, caller.as())
  return attainments.map(({ name, target, reached, rate, gap }) => [
    name,
    target && `${target.amount} ${target.currencyCode}`,
    `${reached?.amount} ${reached?.currencyCode}`,
    rate,
    gap?.amount,
  ])
}

describe('R356: attainment of people and of units', () => {
  test('R369: by person, what was collected against what was to be collected', async () => {
    expect(await listed('2017-Q1', 'person')).toEqual([
      ['Li', '1300.00 USD', '1300.00 USD', '1.0000', '0.00'],
      ['Wang', undefined, '7.00 EUR', undefined, undefined],
      ['Wang', '500.00 USD', '600.00 USD', '1.2000', '0.00'],
    ])
  })

  test('by unit, where people were on the day, with what is still missing (R349)', async () => {
    const rows = (await listed('2017-Q1', 'orgUnit')).filter(([, , reached]) => !String(reached).endsWith('EUR'))
    expect(rows).toEqual([
      ['Company', '1800.00 USD', '1900.00 USD', '1.0556', '0.00'],
      ['North', '1300.00 USD', '1000.00 USD', '0.7692', '300.00'],
      ['Shop', '1300.00 USD', '1000.00 USD', '0.7692', '300.00'],
      ['South', '500.00 USD', '900.00 USD', '1.8000', '0.00'],
    ])
  })

  test('what was taken back counts on its own day, for whom it had counted before', async () => {
    expect(await listed('2017-04', 'person')).toEqual([['Li', undefined, '-100.00 USD', undefined, undefined]])
    expect(await listed('2017-Q2', 'orgUnit')).toContainEqual(['North', '900.00 USD', '0.00 USD', '0.0000', '900.00'])
  })

  test('R358: the year is the sum of its quarters where it has no target of its own', async () => {
    expect((await listed('2017', 'person')).at(0)).toEqual(['Li', '1300.00 USD', '1200.00 USD', '0.9231', '100.00'])
    expect(await listed('2017', 'orgUnit')).toContainEqual([
      'Company',
      '2700.00 USD',
      '1800.00 USD',
      '0.6667',
      '900.00',
    ])
  })

  test('it says as of when, and nothing where nothing happened', async () => {
    const { freshAsOf } = await attainment.listAttainments({ period: '2017-Q1' }, head.as())
    expect(freshAsOf).toBeDefined()
    expect(await listed('2001-05', 'person')).toEqual([])
  })
})

describe('scopes', () => {
  test('a manager sees the people and units below, summed from what lies there', async () => {
    expect(await listed('2017-Q1', 'person', north)).toEqual([['Li', '1300.00 USD', '1000.00 USD', '0.7692', '300.00']])
    expect((await listed('2017-Q1', 'orgUnit', north)).map(([name]) => name)).toEqual(['North', 'Shop'])
  })

  test('a person sees themselves, and no unit', async () => {
    expect((await listed('2017-Q1', 'person', self)).map(([name]) => name)).toEqual(['Wang', 'Wang'])
    expect(await listed('2017-Q1', 'orgUnit', self)).toEqual([])
  })
})

test('R322, R323, R324: what the department, each office and each person are to bring in month by month, and who is short', async () => {
  const month = '2016-05'
  const plan = planOf(
    '2016',
    ofUnit(ROOT, month, '300'),
    ofUnit(NORTH, month, '180'),
    ofUnit(SOUTH, month, '120'),
    ofPerson(li, month, '180'),
    ofPerson(wang, month, '120'),
  )
  const monthly = await plans.createTargetPlan(plan, head.as())
  await plans.publishTargetPlan({ targetPlanId: monthly.targetPlanId }, head.as())
  await orders.collect({ by: li, at: inShop, net: '180', on: '2016-05-31' })
  await orders.collect({ by: wang, at: inSouth, net: '119.99', on: '2016-05-01' })
  await orders.collect({ by: wang, at: inSouth, net: '500', on: '2016-06-01' })
  await drained()
  expect(await listed(month, 'orgUnit')).toEqual([
    ['Company', '300.00 USD', '299.99 USD', '1.0000', '0.01'],
    ['North', '180.00 USD', '180.00 USD', '1.0000', '0.00'],
    ['Shop', '180.00 USD', '180.00 USD', '1.0000', '0.00'],
    ['South', '120.00 USD', '119.99 USD', '0.9999', '0.01'],
  ])
  expect(await listed(month, 'person')).toEqual([
    ['Li', '180.00 USD', '180.00 USD', '1.0000', '0.00'],
    ['Wang', '120.00 USD', '119.99 USD', '0.9999', '0.01'],
  ])
})
