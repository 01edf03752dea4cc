import {
  CommissionPlan_Status,
  Statement_Status,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { newId } from '@saleswright/kernel'
import { describeWaysOut, wordFor } from '@saleswright/testing'
import { describe, expect, test } from 'vitest'
import { TRANSITIONS as PLAN, type Status as PlanStatus } from '../src/commission-plan/commission-plan.ts'
import { TRANSITIONS as STATEMENT, type Status as StatementStatus } from '../src/statement/statement.ts'
import { agents, inForce } from './records.ts'
import { everything, NORTH, openStage, ROOT, SOUTH, sellerIn } from './stage.ts'

const stage = await openStage()
const { orders, plans, commission, someone, drained } = stage
const first = await inForce(stage, agents('2017-01-01'))

describe('plans', () => {
  test('tiers with a gap are refused', async () => {
    const maker = await someone(everything('company'))
    const gap = plans.createCommissionPlan(agents('2017-01-01', [['100', '0.03']]), maker.as())
    await expect(gap).rejects.toMatchObject({ kind: 'invalid', code: 'tiers_have_gap' })
    const refused = (changes: object) => plans.createCommissionPlan({ ...agents('2017-01-01'), ...changes }, maker.as())
    await expect(refused({ periodicity: 0 })).rejects.toMatchObject({ violations: [{ field: 'periodicity' }] })
    const euro = { from: { currencyCode: 'EUR', amount: '0' }, rate: '0.1' }
    await expect(refused({ tiers: [euro] })).rejects.toMatchObject({
      code: 'mixed_currencies',
      violations: [{ field: 'tiers[0].from' }],
    })
  })

  test('R487: the maker does not activate, somebody else does, once', async () => {
    const [maker, checker] = [await someone(everything('company')), await someone(everything('company'))]
    const { commissionPlanId } = await plans.createCommissionPlan(agents('2016-01-01'), maker.as())
    const own = plans.activateCommissionPlan({ commissionPlanId }, maker.as())
    await expect(own).rejects.toMatchObject({ kind: 'forbidden', code: 'approver_is_maker' })
    const active = await plans.activateCommissionPlan({ commissionPlanId }, checker.as())
    expect(active).toMatchObject({ status: CommissionPlan_Status.ACTIVE, validUntil: first.validFrom })
    expect(await plans.activateCommissionPlan({ commissionPlanId }, checker.as())).toEqual(active)
  })

  test('the same plan again is refused by the id of the first', async () => {
    const maker = await someone(everything('company'))
    const again = plans.createCommissionPlan(agents('2017-01-01'), maker.as())
    await expect(again).rejects.toMatchObject({
      code: 'commission_plan_exists',
      params: { id: first.commissionPlanId },
    })
  })

  test('R486: the next revision ends the one before', async () => {
    const next = await inForce(stage, agents('2018-02-01', [['0', '0.04']]))
    expect(next.revision).toBeGreaterThan(first.revision)
    const reader = await someone(everything('company'))
    const { commissionPlans } = await plans.listCommissionPlans({ status: CommissionPlan_Status.ENDED }, reader.as())
    expect(commissionPlans).toMatchObject([{ commissionPlanId: first.commissionPlanId, validUntil: '2018-02-01' }])
  })

  test('a plan for days that have passed under another one is refused', async () => {
    await expect(inForce(stage, agents('2017-06-01'))).rejects.toMatchObject({ code: 'commission_plan_overlaps' })
  })

  test('whoever may write plans of a unit writes none of the company, and anybody may read them', async () => {
    const manager = await someone(everything('subtree'), sellerIn(ROOT, NORTH))
    await expect(plans.createCommissionPlan(agents('2019-01-01'), manager.as())).rejects.toMatchObject({
      code: 'permission_missing',
    })
    expect((await plans.listCommissionPlans({}, manager.as())).commissionPlans).not.toEqual([])
  })

  test('an external reference needs a migration, and is there once', async () => {
    const externalRef = { system: 'crm', id: 'agents' }
    const maker = await someone(everything('company'))
    const plain = plans.createCommissionPlan({ ...agents('2017-01-01', [['0', '0.06']]), externalRef }, maker.as())
    await expect(plain).rejects.toMatchObject({ code: 'migration_needed' })
    const migrator = await someone([...everything('company'), 'migration@company'])
    const made = await plans.createCommissionPlan({ ...agents('2020-01-01'), externalRef }, migrator.as())
    const active = await plans.activateCommissionPlan({ commissionPlanId: made.commissionPlanId }, migrator.as())
    expect(active.status).toBe(CommissionPlan_Status.ACTIVE)
    const again = plans.createCommissionPlan({ ...agents('2021-01-01'), externalRef }, migrator.as())
    await expect(again).rejects.toMatchObject({
      code: 'external_ref_exists',
      params: { id: made.commissionPlanId },
    })
  })
})

describe('statements', () => {
  test('published by finance, confirmed by the person, and told once', async () => {
    const seller = sellerIn(ROOT, NORTH)
    await orders.collect({ by: seller, net: '1000', on: '2017-01-15', paymentNo: 'PAY-1' })
    await drained()
    const finance = await someone(everything('company'))
    const self = await someone(everything('self'), seller)
    const [{ statementId, etag } = { statementId: '', etag: '' }] = (
      await commission.listStatements({ personId: seller.id }, finance.as())
    ).statements
    await expect(commission.confirmStatement({ statementId }, self.as())).rejects.toMatchObject({
      code: 'statement_is_draft',
    })
    const published = await commission.publishStatement({ statementId, etag }, finance.as())
    expect(published.status).toBe(Statement_Status.PUBLISHED)
    await expect(commission.publishStatement({ statementId, etag }, finance.as())).rejects.toMatchObject({
      kind: 'stale',
    })
    expect(await commission.publishStatement({ statementId }, finance.as())).toEqual(published)
    await expect(commission.confirmStatement({ statementId }, finance.as())).rejects.toMatchObject({
      code: 'statement_not_yours',
    })
    expect((await commission.confirmStatement({ statementId }, self.as())).status).toBe(Statement_Status.CONFIRMED)
  })
})

describe('scopes', () => {
  test.each(['lines', 'statements'] as const)(
    '%s: everybody sees their own, a manager those below, finance all',
    async (what) => {
      const [north, south] = [sellerIn(ROOT, NORTH), sellerIn(ROOT, SOUTH)]
      await orders.collect(
        { by: north, net: '10', on: '2017-05-01', paymentNo: 'PAY-N' },
        { by: south, net: '20', on: '2017-05-01', paymentNo: 'PAY-S' },
      )
      await drained()
      const seenBy = async (caller: Awaited<ReturnType<typeof someone>>) => {
        const found =
          what === 'lines'
            ? (await commission.listCommissionLines({ period: '2017-Q2' }, caller.as())).commissionLines
            : (await commission.listStatements({ period: '2017-Q2' }, caller.as())).statements
        return found
          .map(({ personId }) => personId)
          .filter((id) => id === north.id || id === south.id)
          .toSorted()
      }
      const both = [north.id, south.id].toSorted()
      expect(await seenBy(await someone(everything('company')))).toEqual(both)
      expect(await seenBy(await someone(everything('subtree'), sellerIn(ROOT)))).toEqual(both)
      expect(await seenBy(await someone(everything('subtree'), sellerIn(ROOT, NORTH)))).toEqual([north.id])
      expect(await seenBy(await someone(everything('self'), south))).toEqual([south.id])
    },
  )

  test('the statement and the lines of another are not there', async () => {
    const north = sellerIn(ROOT, NORTH)
    await orders.collect({ by: north, net: '10', on: '2017-05-01', paymentNo: 'PAY-N' })
    await drained()
    const finance = await someone(everything('company'))
    const { statements } = await commission.listStatements({ personId: north.id }, finance.as())
    const { commissionLines } = await commission.listCommissionLines({ personId: north.id }, finance.as())
    const stranger = await someone(everything('subtree'), sellerIn(ROOT, SOUTH))
    const statementId = statements[0]?.statementId ?? ''
    const missing = { kind: 'not_found' }
    await expect(commission.getStatement({ statementId }, stranger.as())).rejects.toMatchObject(missing)
    await expect(commission.publishStatement({ statementId }, stranger.as())).rejects.toMatchObject(missing)
    const commissionLineId = commissionLines[0]?.commissionLineId ?? ''
    await expect(commission.getCommissionLine({ commissionLineId }, stranger.as())).rejects.toMatchObject(missing)
    await expect(commission.getStatement({ statementId: newId() }, finance.as())).rejects.toMatchObject(missing)
  })
})

let year = 2030
const [maker, checker] = [await someone(everything('company')), await someone(everything('company'))]
const drafted = async () => (await plans.createCommissionPlan(agents(`${++year}-01-01`), maker.as())).commissionPlanId
const activate = async (commissionPlanId: string) => {
  await plans.activateCommissionPlan({ commissionPlanId }, checker.as())
  await drained()
}
/** The next one takes its place. */
const replace = async () => activate(await drafted())
const planStatus = async (commissionPlanId: string): Promise<PlanStatus> =>
  wordFor(CommissionPlan_Status, (await plans.getCommissionPlan({ commissionPlanId }, checker.as())).status)
const then = async (id: string, ...steps: readonly ((id: string) => Promise<unknown>)[]) => {
  for (const step of steps) await step(id)
  return id
}

describeWaysOut<PlanStatus>('commission plan', PLAN, {
  ends: ['ended'],
  into: {
    draft: drafted,
    active: async () => then(await drafted(), activate),
    ended: async () => then(await drafted(), activate, replace),
  },
  out: { draft: activate, active: replace },
  statusOf: planStatus,
})

const collected = async () => {
  const seller = sellerIn(ROOT, NORTH)
  await orders.collect({ by: seller, net: '1000', on: '2017-01-15', paymentNo: 'PAY-W' })
  await drained()
  const { statements } = await commission.listStatements({ personId: seller.id }, checker.as())
  return statements[0]?.statementId ?? ''
}
const publish = (statementId: string) => commission.publishStatement({ statementId }, checker.as())
const confirm = async (statementId: string) => {
  const { personId: id } = await commission.getStatement({ statementId }, checker.as())
  const self = await someone(everything('self'), { ...sellerIn(ROOT, NORTH), id })
  await commission.confirmStatement({ statementId }, self.as())
}

describeWaysOut<StatementStatus>('statement', STATEMENT, {
  ends: ['confirmed'],
  into: {
    draft: collected,
    published: async () => then(await collected(), publish),
    confirmed: async () => then(await collected(), publish, confirm),
  },
  out: { draft: publish, published: confirm },
  statusOf: async (statementId) =>
    wordFor(Statement_Status, (await commission.getStatement({ statementId }, checker.as())).status),
})
