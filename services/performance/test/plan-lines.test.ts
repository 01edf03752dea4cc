import {
  Basis_Kind,
  Node_Kind,
  Target_Kind,
  TargetPlan_Status,
} from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { type Status, TRANSITIONS } from '../src/target-plan/target-plan.ts'
import { atLeast, countsOf, ofPerson, ofUnit, pieces, planOf } from './records.ts'
import { everything, NORTH, openStage, ROOT, SHOP, SOUTH } from './stage.ts'

const { plans, organization, someone } = await openStage()
const always = { from: '2000-01-01' }
const li = organization.person('Li', { orgPath: [ROOT, NORTH, SHOP], ...always })
const wang = organization.person('Wang', { orgPath: [ROOT, SOUTH], ...always })
const head = await someone(everything('company'))
const boss = await someone(everything('company'))
const manager = await someone(everything('subtree'), NORTH)
const deputy = await someone(everything('subtree'), NORTH)
const own = await someone(everything('self'), SHOP, li)

describe('R345: the own plan of a person', () => {
  const ofLi = (year: string, amount: string) => planOf(year, ofPerson(li, `${year}-Q1`, amount))

  test('is theirs, is published by somebody above, and never occupies that of the unit', async () => {
    const mine = await plans.createTargetPlan(ofLi('2006', '70'), own.as())
    expect(mine.node).toMatchObject({ kind: Node_Kind.PERSON, id: li })
    await expect(plans.publishTargetPlan({ targetPlanId: mine.targetPlanId }, own.as())).rejects.toMatchObject({
      code: 'approver_is_maker',
    })
    const wangs = planOf('2006', ofPerson(wang, '2006-Q1', '1'))
    await expect(plans.createTargetPlan(wangs, own.as())).rejects.toMatchObject({ code: 'not_your_unit' })
    await plans.publishTargetPlan({ targetPlanId: mine.targetPlanId }, manager.as())
    const team = await plans.createTargetPlan(
      planOf('2006', ofUnit(NORTH, '2006-Q1', '50'), ofPerson(li, '2006-Q1', '50')),
      manager.as(),
    )
    expect(team.node).toMatchObject({ kind: Node_Kind.ORG_UNIT, id: NORTH })
    const published = await plans.publishTargetPlan({ targetPlanId: team.targetPlanId }, deputy.as())
    expect(published.status).toBe(TargetPlan_Status.PUBLISHED)
    const { targets } = await plans.listTargets({ period: '2006-Q1', nodeId: li }, own.as())
    const seen = targets.map(({ own: isOwn, amount }) => `${isOwn} ${amount?.amount}`)
    expect(seen.toSorted()).toEqual(['false 50.00', 'true 70.00'])
  })

  test('its months add up to its quarter, and a manager may make it for them', async () => {
    const forLi = { ...planOf('2005', ofPerson(li, '2005-Q1', '9'), ofPerson(li, '2005-01', '8')) }
    const node = { kind: Node_Kind.PERSON, id: li }
    const { targetPlanId } = await plans.createTargetPlan({ ...forLi, node }, manager.as())
    await expect(plans.publishTargetPlan({ targetPlanId }, deputy.as())).rejects.toMatchObject({
      code: 'targets_do_not_add_up',
    })
    expect(await plans.getTargetPlan({ targetPlanId }, own.as())).toMatchObject({ period: '2005' })
    const ofOther = { ...planOf('2005', ofPerson(wang, '2005-Q1', '9')), node }
    await expect(plans.createTargetPlan(ofOther, head.as())).rejects.toMatchObject({
      code: 'target_outside_plan',
      violations: [{ field: 'targets[0].node' }],
    })
  })
})

describe('a plan is one of its node, period and basis', () => {
  test('another basis, another period and another node have plans of their own', async () => {
    const first = await plans.createTargetPlan(planOf('2004'), head.as())
    await expect(plans.createTargetPlan(planOf('2004'), boss.as())).rejects.toMatchObject({
      code: 'target_plan_exists',
      params: { id: first.targetPlanId, period: '2004' },
    })
    const others = [
      { ...planOf('2004'), basis: Basis_Kind.ORDERED },
      { ...planOf('2004'), period: '2004-Q1' },
      { ...planOf('2004'), node: { kind: Node_Kind.ORG_UNIT, id: SOUTH } },
      countsOf('2004', Basis_Kind.ORDER_COUNT),
    ]
    for (const other of others) expect((await plans.createTargetPlan(other, head.as())).revision).toBe(1)
    const { targetPlans } = await plans.listTargetPlans({ year: '2004', basis: Basis_Kind.COLLECTED }, head.as())
    expect(targetPlans.map(({ period, node }) => `${period} ${node?.id}`).toSorted()).toEqual(
      [`2004 ${ROOT}`, `2004 ${SOUTH}`, `2004-Q1 ${ROOT}`].toSorted(),
    )
  })

  test('targets of another basis are no parts of a whole, minimums neither', async () => {
    const whole = await plans.createTargetPlan(planOf('2003', ofUnit(NORTH, '2003', '50')), head.as())
    await plans.publishTargetPlan({ targetPlanId: whole.targetPlanId }, boss.as())
    const least = planOf('2003', atLeast(ofPerson(li, '2003', '7')), atLeast(ofUnit(SHOP, '2003', '9')))
    const part = await plans.createTargetPlan(least, manager.as())
    await plans.publishTargetPlan({ targetPlanId: part.targetPlanId }, deputy.as())
    const ordered = { ...planOf('2003', ofPerson(li, '2003', '8')), basis: Basis_Kind.ORDERED }
    const other = await plans.createTargetPlan(ordered, manager.as())
    await plans.publishTargetPlan({ targetPlanId: other.targetPlanId }, deputy.as())
    const { targets } = await plans.listTargets({ period: '2003', nodeId: li }, head.as())
    const seen = targets.map(({ basis, kind, amount }) => `${basis} ${kind} ${amount?.amount}`)
    expect(seen.toSorted()).toEqual(
      [
        `${Basis_Kind.COLLECTED} ${Target_Kind.MINIMUM} 7.00`,
        `${Basis_Kind.ORDERED} ${Target_Kind.QUOTA} 8.00`,
      ].toSorted(),
    )
  })

  test('what is counted is named, and its targets are of that: money or pieces', async () => {
    const refused = async (field: string, code: string, plan: object) => {
      const made = plans.createTargetPlan({ ...planOf('2002'), ...plan }, head.as())
      await expect(made).rejects.toMatchObject({ code, violations: [{ field }] })
    }
    const quota = ofPerson(li, '2002', '1')
    const count = pieces(Node_Kind.PERSON, li, '2002', 3)
    await refused('basis', 'basis_needed', { basis: Basis_Kind.KIND_UNSPECIFIED })
    await refused('currencyCode', 'target_is_money', { currencyCode: undefined })
    await refused('currencyCode', 'target_is_count', { basis: Basis_Kind.ORDER_COUNT })
    await refused('targets[0].amount', 'target_is_money', { targets: [{ ...quota, amount: undefined }] })
    await refused('targets[0].count', 'target_is_money', { targets: [{ ...quota, count: 3 }] })
    await refused('targets[0].kind', 'target_kind_needed', { targets: [{ ...quota, kind: 0 }] })
    const counts = { basis: Basis_Kind.CUSTOMER_COUNT, currencyCode: undefined }
    await refused('targets[0].amount', 'target_is_count', { ...counts, targets: [{ ...count, ...quota }] })
    await refused('targets[0].count', 'target_is_count', { ...counts, targets: [{ ...count, count: undefined }] })
    const { targets } = await plans.createTargetPlan({ ...planOf('2002'), ...counts, targets: [count] }, head.as())
    expect(targets).toMatchObject([{ count: 3, kind: Target_Kind.QUOTA }])
    expect(targets[0]?.amount).toBeUndefined()
  })
})

test('who makes a plan, or has a target in it, does not publish it', async () => {
  const { targetPlanId } = await plans.createTargetPlan(planOf('2001', ofPerson(li, '2001', '1')), head.as())
  const refused = { kind: 'forbidden', code: 'approver_is_maker' }
  await expect(plans.publishTargetPlan({ targetPlanId }, head.as())).rejects.toMatchObject(refused)
  await plans.updateTargetPlan({ targetPlanId, targets: [ofPerson(wang, '2001', '2')] }, boss.as())
  await expect(plans.publishTargetPlan({ targetPlanId }, boss.as())).rejects.toMatchObject(refused)
  const asLi = await someone(everything('company'), ROOT, li)
  await expect(plans.publishTargetPlan({ targetPlanId }, asLi.as())).rejects.toMatchObject(refused)
  const third = await someone(everything('company'))
  expect((await plans.publishTargetPlan({ targetPlanId }, third.as())).status).toBe(TargetPlan_Status.PUBLISHED)
})

let year = 2030
const drafted = async () =>
  (await plans.createTargetPlan(planOf(String(++year), ofPerson(li, String(year), '10')), head.as())).targetPlanId
const publish = (targetPlanId: string) => plans.publishTargetPlan({ targetPlanId }, boss.as())
const supersede = async (targetPlanId: string) => {
  const { period } = await plans.getTargetPlan({ targetPlanId }, head.as())
  const revision = { ...planOf(period, ofPerson(li, period, '12')), supersedesId: targetPlanId, reason: '调整' }
  await publish((await plans.createTargetPlan(revision, head.as())).targetPlanId)
}
const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}

describeWaysOut<Status>('target plan', TRANSITIONS, {
  ends: ['superseded'],
  into: {
    draft: drafted,
    published: async () => then(await drafted(), publish),
    superseded: async () => then(await drafted(), publish, supersede),
  },
  out: { draft: publish, published: supersede },
  statusOf: async (targetPlanId) =>
    wordFor(TargetPlan_Status, (await plans.getTargetPlan({ targetPlanId }, head.as())).status),
})
