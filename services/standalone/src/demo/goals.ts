import {
  CommissionPlan_Basis_Kind,
  CommissionPlan_Periodicity_Kind,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { Node_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import type { Organisation } from './organise.ts'
import { CURRENCY, type Scene, yuan } from './scene.ts'
import { ALL_TEAMS, DIRECTOR, FINANCE } from './staff.ts'

const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4']
const OF_A_REP = 350_000

/** What is to be reached, by company, team and rep, and what is paid for it. */
export const setGoals = async (scene: Scene, organisation: Organisation): Promise<void> => {
  const { since, today } = scene.plan
  for (const year of new Set([since, today].map((day) => day.slice(0, 4)))) {
    await setTargets(scene, organisation, year)
  }
  await payCommission(scene)
}

const setTargets = async ({ clients, hands }: Scene, organisation: Organisation, year: string): Promise<void> => {
  const { rootUnitId, teams, people } = organisation
  const { step } = hands(DIRECTOR.account)
  const unit = (id: string, reps: number) => ({ kind: Node_Kind.ORG_UNIT, id, amount: reps * OF_A_REP })
  const nodes = [
    unit(
      rootUnitId,
      ALL_TEAMS.reduce((count, { reps }) => count + reps.length, 0),
    ),
    ...ALL_TEAMS.flatMap(({ name, reps }) => [
      unit(teams.get(name) ?? '', reps.length),
      ...reps.map(({ account }) => ({ kind: Node_Kind.PERSON, id: people.get(account) ?? '', amount: OF_A_REP })),
    ]),
  ]
  const targets = nodes.flatMap(({ kind, id, amount }) =>
    QUARTERS.map((quarter) => ({ node: { kind, id }, period: `${year}-${quarter}`, amount: yuan(amount) })),
  )
  const plan = { name: `${year} 年度销售目标`, year, currencyCode: CURRENCY, targets }
  const { targetPlanId } = await step(['targets', year], (options) => clients.targets.createTargetPlan(plan, options))
  await step(['publish targets', year], (options) => clients.targets.publishTargetPlan({ targetPlanId }, options))
}

/** Finance writes the plan, the director sets it in force. */
const payCommission = async ({ clients, hands, plan }: Scene): Promise<void> => {
  const commission = {
    name: '销售提成方案',
    basis: CommissionPlan_Basis_Kind.COLLECTED,
    periodicity: CommissionPlan_Periodicity_Kind.QUARTER,
    currencyCode: CURRENCY,
    tiers: [
      { from: yuan(0), rate: '0.01' },
      { from: yuan(OF_A_REP), rate: '0.02' },
    ],
    validFrom: plan.since,
  }
  const { commissionPlanId } = await hands(FINANCE.account).step(['commission plan'], (options) =>
    clients.commissionPlans.createCommissionPlan(commission, options),
  )
  await hands(DIRECTOR.account).step(['activate commission plan'], (options) =>
    clients.commissionPlans.activateCommissionPlan({ commissionPlanId }, options),
  )
}
