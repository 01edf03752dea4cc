import {
  CommissionPlan_Basis_Kind,
  CommissionPlan_Periodicity_Kind,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { everything, type Stage } from './stage.ts'

/** 3 % up to 75,000 and 5 % above, by quarter, from a day on. */
export const agents = (
  validFrom: string,
  tiers: readonly (readonly [from: string, rate: string])[] = [
    ['0', '0.03'],
    ['75000', '0.05'],
  ],
) => ({
  name: 'Agents',
  basis: CommissionPlan_Basis_Kind.COLLECTED,
  periodicity: CommissionPlan_Periodicity_Kind.QUARTER,
  currencyCode: 'USD',
  tiers: tiers.map(([amount, rate]) => ({ from: { currencyCode: 'USD', amount }, rate })),
  validFrom,
})

/** Drafts a plan and sets it in force, each by somebody else. */
export const inForce = async ({ plans, someone, drained }: Stage, plan: ReturnType<typeof agents>) => {
  const [maker, checker] = await Promise.all([someone(everything('company')), someone(everything('company'))])
  const { commissionPlanId } = await plans.createCommissionPlan(plan, maker.as())
  const active = await plans.activateCommissionPlan({ commissionPlanId }, checker.as())
  await drained()
  return active
}
