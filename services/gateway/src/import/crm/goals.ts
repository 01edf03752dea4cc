import { moneyMessage } from '@saleswright/contracts'
import {
  CommissionPlan_Basis_Kind,
  CommissionPlan_Periodicity_Kind,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { Basis_Kind, Node_Kind, Target_Kind } from '@saleswright/contracts/saleswright/performance/v1/target_pb.ts'
import { parseMoney } from '@saleswright/kernel'
import { stepFor } from '../each-row.ts'
import type { Run } from '../run.ts'
import { CURRENCY } from './cells.ts'
import { ref } from './files.ts'
import type { Agent } from './organisation.ts'

const YEAR = '2017'
const TARGET = moneyMessage(parseMoney(CURRENCY, '75000'))
const QUARTERS = ['Q1', 'Q2', 'Q3', 'Q4']

/** A target for each agent and quarter, and the commission that goes with it: 3 % up to the target, 5 % above (decisions 42). */
export const setGoals = async (run: Run, agents: ReadonlyMap<string, Agent>, validFrom: string): Promise<void> => {
  const { targets, commissionPlans } = run.calls
  const step = stepFor(run, ['goals'], {})
  const own = [...agents.values()].toSorted((left, right) => (left.personId < right.personId ? -1 : 1))
  const plan = {
    name: 'CRM',
    period: YEAR,
    basis: Basis_Kind.COLLECTED,
    currencyCode: CURRENCY,
    externalRef: ref('target-plan', YEAR),
    targets: own.flatMap(({ personId }) =>
      QUARTERS.map((quarter) => ({
        node: { kind: Node_Kind.PERSON, id: personId },
        period: `${YEAR}-${quarter}`,
        kind: Target_Kind.QUOTA,
        amount: TARGET,
      })),
    ),
  }
  const { targetPlanId } = await step('targets', (options) => targets.createTargetPlan(plan, options))
  await step('publish', (options) => targets.publishTargetPlan({ targetPlanId }, options))
  const commission = {
    name: 'CRM',
    basis: CommissionPlan_Basis_Kind.COLLECTED,
    periodicity: CommissionPlan_Periodicity_Kind.QUARTER,
    currencyCode: CURRENCY,
    tiers: [
      { from: moneyMessage(parseMoney(CURRENCY, '0')), rate: '0.03' },
      { from: TARGET, rate: '0.05' },
    ],
    validFrom,
    externalRef: ref('commission-plan', YEAR),
  }
  const { commissionPlanId } = await step('commission', (options) =>
    commissionPlans.createCommissionPlan(commission, options),
  )
  await step('activate', (options) => commissionPlans.activateCommissionPlan({ commissionPlanId }, options))
}
