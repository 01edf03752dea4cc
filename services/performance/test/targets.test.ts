import { type Node_Kind, TargetPlan_Status } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { ofPerson, ofUnit, planOf } from './records.ts'
import { everything, NORTH, openStage, ROOT, SHOP, SOUTH } from './stage.ts'

const { plans, organization, someone } = await openStage()
const always = { from: '2000-01-01' }
const li = organization.person('Li', { orgPath: [ROOT, NORTH, SHOP], ...always })
const wang = organization.person('Wang', { orgPath: [ROOT, SOUTH], ...always })
const head = await someone(everything('company'))
/** Publishes what the head has drafted (decisions 59). */
const boss = await someone(everything('company'))
const manager = await someone(everything('subtree'), NORTH)
const deputy = await someone(everything('subtree'), NORTH)
const own = await someone(everything('self'), SHOP, li)

describe('a plan', () => {
  test('R314: is published when its parts add up, and names the first node and period that do not', async () => {
    const { targetPlanId } = await plans.createTargetPlan(
      planOf('2010', ofUnit(NORTH, '2010-Q1', '100'), ofPerson(li, '2010-Q1', '99.99')),
      head.as(),
    )
    await expect(plans.publishTargetPlan({ targetPlanId }, boss.as())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'targets_do_not_add_up',
      params: { node: NORTH, name: 'North', period: '2010-Q1', amount: '100.00 USD', parts: '99.99 USD' },
    })
    await plans.updateTargetPlan({ targetPlanId, targets: [ofPerson(li, '2010-Q1', '100')] }, head.as())
    const published = await plans.publishTargetPlan({ targetPlanId }, boss.as())
    expect(published.status).toBe(TargetPlan_Status.PUBLISHED)
    expect(await plans.publishTargetPlan({ targetPlanId }, boss.as())).toEqual(published)
    const late = plans.updateTargetPlan({ targetPlanId, name: 'Other' }, head.as())
    await expect(late).rejects.toMatchObject({ code: 'target_plan_is_published' })
  })

  test('R306: a year is broken down to quarters and months, units and people, to the cent', async () => {
    const months = ['2007-01', '2007-02', '2007-03']
    const quarters = ['2007-Q2', '2007-Q3', '2007-Q4']
    const rows = [
      ofUnit(ROOT, '2007', '120'),
      ...['2007-Q1', ...quarters].map((quarter) => ofUnit(ROOT, quarter, '30')),
      ofUnit(NORTH, '2007-Q1', '20'),
      ofUnit(SOUTH, '2007-Q1', '10'),
      ofPerson(li, '2007-Q1', '20'),
      ...months.map((month, index) => ofPerson(li, month, index === 0 ? '6.68' : '6.66')),
    ]
    const { targetPlanId } = await plans.createTargetPlan(planOf('2007', ...rows), head.as())
    const wrong = ofPerson(li, '2007-03', '6.65')
    await plans.updateTargetPlan({ targetPlanId, targets: [wrong] }, head.as())
    await expect(plans.publishTargetPlan({ targetPlanId }, boss.as())).rejects.toMatchObject({
      code: 'targets_do_not_add_up',
      params: { node: li, period: '2007-Q1', parts: '19.99 USD' },
    })
    await plans.updateTargetPlan({ targetPlanId, targets: [ofPerson(li, '2007-03', '6.66')] }, head.as())
    const published = await plans.publishTargetPlan({ targetPlanId }, boss.as())
    expect(published.targets).toHaveLength(rows.length)
  })

  test('R350: a revision has a reason and takes its place, and what was published before can still be read', async () => {
    const first = await plans.createTargetPlan(
      planOf('2011', ofPerson(li, '2011-Q1', '10'), ofPerson(wang, '2011-Q1', '20')),
      head.as(),
    )
    const revision = { ...planOf('2011', ofPerson(li, '2011-Q1', '30')), supersedesId: first.targetPlanId }
    await expect(plans.createTargetPlan(revision, head.as())).rejects.toMatchObject({ code: 'nothing_to_supersede' })
    await plans.publishTargetPlan({ targetPlanId: first.targetPlanId }, boss.as())
    await expect(plans.createTargetPlan(planOf('2011'), head.as())).rejects.toMatchObject({
      code: 'target_plan_exists',
      params: { id: first.targetPlanId },
    })
    await expect(plans.createTargetPlan({ ...revision, reason: '' }, head.as())).rejects.toMatchObject({
      violations: [{ field: 'reason', rule: 'required' }],
    })
    await expect(plans.createTargetPlan({ ...revision, reason: '  ' }, head.as())).rejects.toMatchObject({
      violations: [{ field: 'reason', rule: 'text.blank' }],
    })
    const second = await plans.createTargetPlan({ ...revision, reason: '市场回落' }, head.as())
    expect(second).toMatchObject({ revision: 2, reason: '市场回落' })
    await plans.publishTargetPlan({ targetPlanId: second.targetPlanId }, boss.as())
    const { targets } = await plans.listTargets({ period: '2011-Q1' }, head.as())
    expect(targets.map(({ node, amount }) => [node?.id, amount?.amount])).toEqual([[li, '30.00']])
    const old = await plans.getTargetPlan({ targetPlanId: first.targetPlanId }, head.as())
    expect(old.status).toBe(TargetPlan_Status.SUPERSEDED)
    expect(old.targets).toHaveLength(2)
  })

  test('R346: a manager decomposes what the company set, and the parts must come to it', async () => {
    const whole = await plans.createTargetPlan(
      planOf('2012', ofUnit(NORTH, '2012', '50'), ofUnit(SOUTH, '2012', '70')),
      head.as(),
    )
    await plans.publishTargetPlan({ targetPlanId: whole.targetPlanId }, boss.as())
    await expect(
      plans.createTargetPlan(planOf('2012', ofPerson(wang, '2012', '70')), manager.as()),
    ).rejects.toMatchObject({ kind: 'forbidden', code: 'not_your_unit' })
    const part = await plans.createTargetPlan(planOf('2012', ofPerson(li, '2012', '49')), manager.as())
    await expect(plans.publishTargetPlan({ targetPlanId: part.targetPlanId }, deputy.as())).rejects.toMatchObject({
      code: 'targets_do_not_add_up',
    })
    const targets = [ofPerson(li, '2012', '50')]
    const mended = await plans.updateTargetPlan(
      { targetPlanId: part.targetPlanId, targets, etag: part.etag },
      manager.as(),
    )
    await expect(
      plans.updateTargetPlan({ targetPlanId: part.targetPlanId, targets, etag: part.etag }, manager.as()),
    ).rejects.toMatchObject({ kind: 'stale' })
    await plans.publishTargetPlan({ targetPlanId: part.targetPlanId, etag: mended.etag }, deputy.as())
    const again = { ...planOf('2012', ofPerson(li, '2012', '50')), supersedesId: whole.targetPlanId, reason: '重复' }
    const twice = await plans.createTargetPlan(again, head.as())
    await expect(plans.publishTargetPlan({ targetPlanId: twice.targetPlanId }, boss.as())).rejects.toMatchObject({
      code: 'target_duplicate',
      params: { node: li, period: '2012', planId: part.targetPlanId },
    })
  })

  test('a duplicate target gives the id of its plan only to callers who may read that plan', async () => {
    const whole = await plans.createTargetPlan(planOf('2002', ofPerson(li, '2002', '50')), head.as())
    await plans.publishTargetPlan({ targetPlanId: whole.targetPlanId }, boss.as())
    const part = await plans.createTargetPlan(planOf('2002', ofPerson(li, '2002', '50')), manager.as())
    const refusal = await plans.publishTargetPlan({ targetPlanId: part.targetPlanId }, deputy.as()).catch((e) => e)
    expect([refusal.code, refusal.params]).toEqual(['target_duplicate', { node: li, period: '2002' }])
  })

  test('a whole that somebody has split is revised when the parts are taken out first', async () => {
    const company = await plans.createTargetPlan(planOf('2008', ofUnit(NORTH, '2008', '50')), head.as())
    await plans.publishTargetPlan({ targetPlanId: company.targetPlanId }, boss.as())
    const team = await plans.createTargetPlan(planOf('2008', ofPerson(li, '2008', '50')), manager.as())
    await plans.publishTargetPlan({ targetPlanId: team.targetPlanId }, deputy.as())
    const revise = async (of: string, who: typeof head, ...targets: readonly ReturnType<typeof ofUnit>[]) => {
      const revision = await plans.createTargetPlan(
        { ...planOf('2008', ...targets), supersedesId: of, reason: '调整' },
        who.as(),
      )
      return {
        id: revision.targetPlanId,
        done: plans.publishTargetPlan({ targetPlanId: revision.targetPlanId }, (who === head ? boss : deputy).as()),
      }
    }
    const higher = await revise(company.targetPlanId, head, ofUnit(NORTH, '2008', '60'))
    await expect(higher.done).rejects.toMatchObject({ code: 'targets_do_not_add_up', params: { parts: '50.00 USD' } })
    const none = await revise(team.targetPlanId, manager)
    await none.done
    await plans.publishTargetPlan({ targetPlanId: higher.id }, boss.as())
    await (await revise(none.id, manager, ofPerson(li, '2008', '60'))).done
    const { targets } = await plans.listTargets({ period: '2008' }, head.as())
    expect(targets.map(({ amount }) => amount?.amount)).toEqual(['60.00', '60.00'])
  })

  test('two that are published at one moment never both pass what together does not add up', async () => {
    const [one, other] = await Promise.all([
      plans.createTargetPlan(planOf('2013', ofUnit(NORTH, '2013', '50')), head.as()),
      plans.createTargetPlan(planOf('2013', ofPerson(li, '2013', '49')), manager.as()),
    ])
    const results = await Promise.allSettled([
      plans.publishTargetPlan({ targetPlanId: one.targetPlanId }, boss.as()),
      plans.publishTargetPlan({ targetPlanId: other.targetPlanId }, deputy.as()),
    ])
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'targets_do_not_add_up' } }])
  })

  test('a person needs a place in the period, and nobody has targets in another currency or year', async () => {
    const late = organization.person('Late', { orgPath: [ROOT, SOUTH], from: '2014-02-15' })
    const create = (...targets: Parameters<typeof planOf>[1][]) =>
      plans.createTargetPlan(planOf('2014', ...targets), head.as())
    await expect(create(ofPerson(late, '2014-01', '1'))).rejects.toMatchObject({ code: 'person_has_no_place' })
    await expect(create(ofPerson(newId(), '2014-01', '1'))).rejects.toMatchObject({ kind: 'not_found' })
    await expect(create(ofPerson(li, '2015-01', '1'))).rejects.toMatchObject({ code: 'period_outside_plan' })
    await expect(create(ofPerson(li, '2014-01', '1', 'CNY'))).rejects.toMatchObject({
      code: 'mixed_currencies',
      violations: [{ field: 'targets[0].amount' }],
    })
    await expect(
      create({ ...ofPerson(li, '2014-01', '1'), node: { kind: 0 as Node_Kind, id: li } }),
    ).rejects.toMatchObject({
      code: 'node_kind_needed',
      violations: [{ field: 'targets[0].node.kind' }],
    })
    await expect(create(ofPerson(li, '2014', '1'), ofPerson(li, '2014', '1'))).rejects.toMatchObject({
      code: 'target_duplicate',
    })
    expect((await create(ofPerson(late, '2014-Q1', '1'))).targets).toHaveLength(1)
  })

  test('an external reference needs a migration, and is there once', async () => {
    const plan = { ...planOf('2015'), externalRef: { system: 'crm', id: 'targets' } }
    await expect(plans.createTargetPlan(plan, head.as())).rejects.toMatchObject({ code: 'migration_needed' })
    const migrator = await someone([...everything('company'), 'migration@company'])
    const { targetPlanId: id } = await plans.createTargetPlan(plan, migrator.as())
    const again = plans.createTargetPlan({ ...plan, period: '2016' }, migrator.as())
    await expect(again).rejects.toMatchObject({ code: 'external_ref_exists', params: { id } })
  })
})

test('scopes: everybody sees their own target, a manager those of the unit and below, the head all', async () => {
  const rows = [
    ofUnit(ROOT, '2009', '8'),
    ofUnit(NORTH, '2009', '3'),
    ofPerson(li, '2009', '3'),
    ofPerson(wang, '2009', '5'),
  ]
  const { targetPlanId } = await plans.createTargetPlan(planOf('2009', ...rows), head.as())
  await plans.publishTargetPlan({ targetPlanId }, boss.as())
  const seenBy = async (caller: typeof head) => {
    const { targets } = await plans.listTargets({ period: '2009' }, caller.as())
    return targets.map(({ node }) => node?.id ?? '').toSorted()
  }
  expect(await seenBy(head)).toEqual([ROOT, NORTH, li, wang].toSorted())
  expect(await seenBy(manager)).toEqual([NORTH, li].toSorted())
  expect(await seenBy(own)).toEqual([li])
  await expect(plans.getTargetPlan({ targetPlanId }, manager.as())).rejects.toMatchObject({ kind: 'not_found' })
  const { targetPlans } = await plans.listTargetPlans({ year: '2009' }, head.as())
  expect(targetPlans.map((plan) => plan.targetPlanId)).toEqual([targetPlanId])
})
