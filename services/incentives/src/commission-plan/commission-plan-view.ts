import type { MessageInitShape } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  CommissionPlan_Basis_Kind,
  CommissionPlan_Periodicity_Kind,
  CommissionPlan_Status,
  type CommissionPlanSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { etagOf, formatRate, type PeriodKind } from '@saleswright/kernel'
import type { CommissionPlan, Status } from './commission-plan.ts'

export const STATUS = {
  draft: CommissionPlan_Status.DRAFT,
  active: CommissionPlan_Status.ACTIVE,
  ended: CommissionPlan_Status.ENDED,
} as const satisfies Record<Status, CommissionPlan_Status>

export const PERIODICITY = {
  month: CommissionPlan_Periodicity_Kind.MONTH,
  quarter: CommissionPlan_Periodicity_Kind.QUARTER,
  year: CommissionPlan_Periodicity_Kind.YEAR,
} as const satisfies Record<PeriodKind, CommissionPlan_Periodicity_Kind>

export const commissionPlanView = (plan: CommissionPlan): MessageInitShape<typeof CommissionPlanSchema> => ({
  commissionPlanId: plan.id,
  name: plan.name,
  revision: plan.revision,
  status: STATUS[plan.status],
  basis: CommissionPlan_Basis_Kind.COLLECTED,
  periodicity: PERIODICITY[plan.periodicity],
  currencyCode: plan.currency,
  tiers: plan.tiers.map(({ from, rate }) => ({
    from: moneyMessage({ currency: plan.currency, minor: from }),
    rate: formatRate({ millionths: rate }),
  })),
  validFrom: plan.validFrom,
  validUntil: plan.validUntil,
  externalRef: plan.externalRef,
  etag: etagOf(plan),
})
