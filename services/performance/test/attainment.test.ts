import { fc } from '@fast-check/vitest'
import { readSum } from '@saleswright/contracts'
import {
  Basis_Kind,
  Edition_Kind,
  Node_Kind,
  Target_Kind,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { BASIS } from '../src/target-plan/target-plan-view.ts'
import { BASES, histories, SOME_PERIODS, sumOver, tellOf } from './history.ts'
import { atLeast, countsOf, ofPerson, ofUnit, pieces, planOf } from './records.ts'
import { everything, NORTH, openStage, ROOT, SHOP, SOUTH } from './stage.ts'

const { plans, attainment, orders, customers, organization, someone, drained } = await openStage()
const inShop = [ROOT, NORTH, SHOP]
const inSouth = [ROOT, SOUTH]
const li = organization.person(
  'Li',
  { orgPath: inShop, from: '2000-01-01', until: '2017-03-01' },
  { orgPath: inSouth, from: '2017-03-01' },
)
const wang = organization.person('Wang', { orgPath: inSouth, from: '2000-01-01' })
const head = await someone(everything('company'))
const boss = await someone(everything('company'))
const north = await someone(everything('subtree'), NORTH)
const self = await someone(everything('self'), SOUTH, wang)

/** Drafted by the one and published by the other. */
const inForce = async (plan: Parameters<typeof plans.createTargetPlan>[0]) => {
  const { targetPlanId } = await plans.createTargetPlan(plan, head.as())
  await plans.publishTargetPlan({ targetPlanId }, boss.as())
  return targetPlanId
}
await inForce(
  planOf('2017', ofPerson(li, '2017-Q1', '1300'), ofPerson(wang, '2017-Q1', '500'), ofUnit(NORTH, '2017-Q2', '900')),
)
await orders.collect({ by: li, at: inShop, net: '1000', on: '2017-01-31' })
const refunded = await orders.collect({ by: li, at: inSouth, net: '300', on: '2017-03-31' })
await orders.takeBack(refunded, { by: wang, at: inShop, net: '100', on: '2017-04-01' })
await orders.collect({ by: wang, at: inSouth, net: '600', on: '2017-02-01' })
await orders.collect({ by: wang, at: inSouth, net: '7', on: '2017-02-01', currency: 'EUR' })
await drained()

const listed = async (period: string, groupBy: string, caller = head, more: object = {}) => {
  const asked = { period, groupBy, basis: Basis_Kind.COLLECTED, ...more }
  const { attainments } = await attainment.listAttainments(asked, caller.as())
  return attainments.map(({ name, target, reached, rate, gap }) => [
    name,
    target && `${target.amount} ${target.currencyCode}`,
    `${reached?.amount} ${reached?.currencyCode}`,
    rate,
    gap?.amount,
  ])
}

describe('attainment of people and of units', () => {
  test('by person, what was collected against what was to be collected', async () => {
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

  test('the year is the sum of its quarters where it has no target of its own', async () => {
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

test('R322, R323, R324: the department, each office and each person bring in at least so much a month, whatever their quotas', async () => {
  const month = '2016-05'
  await inForce(
    planOf(
      '2016',
      atLeast(ofUnit(ROOT, month, '300')),
      ...[NORTH, SOUTH].map((office) => atLeast(ofUnit(office, month, '120'))),
      ...[li, wang].map((one) => atLeast(ofPerson(one, month, '100'))),
      ofUnit(ROOT, month, '310'),
      ofPerson(li, month, '190'),
      ofPerson(wang, month, '120'),
    ),
  )
  await orders.collect({ by: li, at: inShop, net: '200', on: '2016-05-31' })
  await orders.collect({ by: wang, at: inSouth, net: '99.99', on: '2016-05-01' })
  await orders.collect({ by: wang, at: inSouth, net: '500', on: '2016-06-01' })
  await drained()
  const minimums = async (groupBy: string) => {
    const { attainments } = await attainment.listAttainments({ period: month, groupBy }, head.as())
    return attainments
      .filter(({ kind }) => kind === Target_Kind.MINIMUM)
      .map(({ name, target, reached, gap }) => [name, target?.amount, reached?.amount, gap?.amount])
  }
  expect(await minimums('orgUnit')).toEqual([
    ['Company', '300.00', '299.99', '0.01'],
    ['North', '120.00', '200.00', '0.00'],
    ['South', '120.00', '99.99', '20.01'],
  ])
  expect(await minimums('person')).toEqual([
    ['Li', '100.00', '200.00', '0.00'],
    ['Wang', '100.00', '99.99', '0.01'],
  ])
  const quotas = (await listed(month, 'orgUnit')).filter(([, target]) => target === '310.00 USD')
  expect(quotas).toEqual([['Company', '310.00 USD', '299.99 USD', '0.9677', '10.01']])
})

describe('what counts', () => {
  const month = '2015-03'
  const by = { by: li, at: inShop }

  test('R369, R374: what is sold and what is collected, each against its own target, less what was taken back', async () => {
    for (const basis of [Basis_Kind.ORDERED, Basis_Kind.SHIPPED, Basis_Kind.BILLED, Basis_Kind.COLLECTED]) {
      await inForce({ ...planOf('2015', ofPerson(li, month, '100')), basis })
    }
    await orders.confirm({ ...by, net: '90', on: '2015-03-02' })
    const cancelled = await orders.confirm({ ...by, net: '50', on: '2015-03-03' })
    await orders.handOver(cancelled, { by: wang, at: inSouth })
    await orders.cancel(cancelled, '2015-03-30')
    // A draft is not ordered, so nothing of it is taken back.
    await orders.cancel(newId(), '2015-03-30')
    await orders.ship({ ...by, net: '70.10', on: '2015-03-10' }, '9.90')
    await orders.bill({ ...by, net: '60', on: '2015-03-11' })
    const bill = await orders.bill({ ...by, net: '33', on: '2015-03-12' })
    await orders.cancelBill(bill, '2015-04-01', { by: wang, at: inSouth })
    const paid = await orders.collect({ ...by, net: '40', on: '2015-03-20' })
    await orders.takeBack(paid, { ...by, net: '15', on: '2015-03-21' })
    await drained()
    const reached = async (period: string, basis: Basis_Kind) => (await listed(period, 'person', head, { basis })).at(0)
    expect(await reached(month, Basis_Kind.ORDERED)).toEqual(['Li', '100.00 USD', '90.00 USD', '0.9000', '10.00'])
    expect(await reached(month, Basis_Kind.SHIPPED)).toEqual(['Li', '100.00 USD', '80.00 USD', '0.8000', '20.00'])
    expect(await reached(month, Basis_Kind.BILLED)).toEqual(['Li', '100.00 USD', '93.00 USD', '0.9300', '7.00'])
    expect(await reached('2015-Q2', Basis_Kind.BILLED)).toEqual(['Li', undefined, '-33.00 USD', undefined, undefined])
    expect(await reached(month, Basis_Kind.COLLECTED)).toEqual(['Li', '100.00 USD', '25.00 USD', '0.2500', '75.00'])
  })

  test('orders and customers are counted by the piece', async () => {
    await inForce(countsOf('2015', Basis_Kind.ORDER_COUNT, pieces(Node_Kind.PERSON, li, month, 4)))
    await inForce(countsOf('2015', Basis_Kind.CUSTOMER_COUNT, pieces(Node_Kind.ORG_UNIT, NORTH, month, 1)))
    const customerId = await customers.file(by, '2015-03-04')
    await customers.file(by, '2015-03-05')
    await customers.change(customerId, { by: wang, at: inSouth }, '2015-03-06')
    await drained()
    const counted = async (groupBy: string, basis: Basis_Kind) => {
      const { attainments } = await attainment.listAttainments({ period: month, groupBy, basis }, head.as())
      return attainments.map(({ name, targetCount, reachedCount, rate, gapCount, reached }) => {
        expect(reached).toBeUndefined()
        return [name, targetCount, reachedCount, rate, gapCount]
      })
    }
    expect(await counted('person', Basis_Kind.ORDER_COUNT)).toEqual([['Li', 4, 1, '0.2500', 3]])
    expect(await counted('orgUnit', Basis_Kind.CUSTOMER_COUNT)).toEqual([
      ['Company', 1, 2, '2.0000', 0],
      ['North', 1, 2, '2.0000', 0],
      ['Shop', undefined, 2, undefined, undefined],
    ])
  })

  test('R350: against the targets in force, or those that were published first', async () => {
    const supersedesId = await inForce(planOf('2014', ofPerson(li, '2014-Q1', '100'), ofPerson(wang, '2014-Q1', '50')))
    const revision = planOf('2014', ofPerson(li, '2014-Q1', '80'), ofUnit(SOUTH, '2014-Q1', '7'))
    await inForce({ ...revision, supersedesId, reason: '市场回落' })
    await orders.collect({ ...by, net: '60', on: '2014-02-01' })
    await drained()
    const original = { edition: Edition_Kind.ORIGINAL }
    expect(await listed('2014-Q1', 'person')).toEqual([['Li', '80.00 USD', '60.00 USD', '0.7500', '20.00']])
    expect(await listed('2014-Q1', 'person', head, original)).toEqual([
      ['Li', '100.00 USD', '60.00 USD', '0.6000', '40.00'],
      ['Wang', '50.00 USD', '0.00 USD', '0.0000', '50.00'],
    ])
    const { targets } = await plans.listTargets({ period: '2014-Q1', ...original }, head.as())
    expect(targets.map(({ amount }) => `${amount?.amount}`).toSorted()).toEqual(['100.00', '50.00'])
  })

  test('R345: the own plan of a person is held against beside what their unit’s plan sets, and is no part of the unit', async () => {
    await inForce(planOf('2013', ofPerson(li, '2013-Q1', '10')))
    const node = { kind: Node_Kind.PERSON, id: li }
    await inForce({ ...planOf('2013', ofPerson(li, '2013-Q1', '30')), node })
    await orders.collect({ ...by, net: '20', on: '2013-02-01' })
    await drained()
    const { attainments } = await attainment.listAttainments({ period: '2013-Q1' }, head.as())
    expect(attainments.map(({ own, target, rate }) => [own, target?.amount, rate])).toEqual([
      [false, '10.00', '2.0000'],
      [true, '30.00', '0.6667'],
    ])
    expect((await listed('2013-Q1', 'orgUnit')).at(0)).toEqual(['Company', '10.00 USD', '20.00 USD', '2.0000', '0.00'])
  })
})

test('of a random history, each basis reaches the sum over what happened, by person and by unit', async () => {
  const chen = organization.person('Chen', { orgPath: [ROOT], from: '1990-01-01' })
  const known = { people: [li, wang, chen], places: [[ROOT], inShop, inSouth] }
  const history = fc.sample(histories, { seed: 46, numRuns: 4 }).flat().slice(0, 20)
  for (const happening of history) await tellOf({ orders, customers }, known, happening)
  await drained()
  const questions = ['person', 'orgUnit'].flatMap((groupBy) => SOME_PERIODS.map((period) => ({ period, groupBy })))
  for (const { period, groupBy } of questions) {
    const { attainments } = await attainment.listAttainments({ period, groupBy }, head.as())
    for (const basis of BASES) {
      const rows = attainments.filter((row) => row.basis === BASIS[basis])
      const found = rows.map(({ node, reached, reachedCount }) =>
        reached
          ? [`${node?.id} ${reached.currencyCode}`, readSum(reached).minor]
          : [node?.id, BigInt(reachedCount ?? 0)],
      )
      const kind = groupBy === 'person' ? 'person' : 'org_unit'
      expect(Object.fromEntries(found)).toEqual(sumOver(history, known, { basis, kind, period }))
    }
  }
})
