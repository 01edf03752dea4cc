import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import {
  CommissionPlanActivatedSchema,
  CommissionPlanCreatedSchema,
  CommissionPlanEndedSchema,
} from '@saleswright/contracts/saleswright/incentives/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  type Decision,
  type ExternalRef,
  forbidden,
  formatRate,
  invalid,
  mover,
  type PeriodKind,
} from '@saleswright/kernel'

/** A draft pays nobody. One that another has followed has ended, and still holds for its days. */
export const TRANSITIONS = { draft: ['active'], active: ['ended'], ended: ['ended'] } as const
export type Status = keyof typeof TRANSITIONS
const move = mover<Status>('commission_plan', TRANSITIONS)

/** Where it begins, in the smallest unit of the plan's currency, and its rate in millionths. */
type Tier = { readonly from: bigint; readonly rate: bigint }

/** R486: plans come in versions, and what an active one says never changes. */
export type CommissionPlan = Aggregate & {
  readonly name: string
  readonly revision: number
  readonly status: Status
  readonly basis: 'collected'
  readonly periodicity: PeriodKind
  readonly currency: string
  readonly tiers: readonly Tier[]
  readonly validFrom: BusinessDate
  /** The first day on which it does not hold any more. */
  readonly validUntil?: BusinessDate | undefined
  readonly makerId: string
  readonly externalRef?: ExternalRef | undefined
}

const ONE = 1_000_000n

/** Each tier ends where the next begins, so rising beginnings from zero on leave no gap. */
const expectGapless = (tiers: readonly Tier[]): void => {
  tiers.forEach(({ from, rate }, index) => {
    const before = tiers[index - 1]
    const wrong = (field: string, rule: string, message: string) =>
      invalid(rule, { tier: String(index + 1) }, [{ field: `tiers[${index}].${field}`, rule, message }])
    const beginning = before ? 'must lie above the tier before' : 'must be zero'
    if (before ? from <= before.from : from !== 0n) throw wrong('from', 'tiers_have_gap', beginning)
    if (rate > ONE) throw wrong('rate', 'rate_above_one', 'must not be above 1')
  })
}

export const draft = (facts: Omit<CommissionPlan, 'version' | 'status'>): Decision<CommissionPlan> => {
  expectGapless(facts.tiers)
  // Blanks are no name; the contract counts them as characters.
  if (facts.name === '') {
    throw invalid('invalid_request', {}, [{ field: 'name', rule: 'required', message: 'is required' }])
  }
  const { id: commissionPlanId, name, validFrom, revision, currency, periodicity, tiers } = facts
  const event = create(CommissionPlanCreatedSchema, {
    commissionPlanId,
    name,
    validFrom,
    revision,
    currencyCode: currency,
    periodicity,
    tiers: tiers.map(({ from, rate }) => ({
      from: moneyMessage({ currency, minor: from }),
      rate: formatRate({ millionths: rate }),
    })),
  })
  return { next: { ...facts, version: 0, status: 'draft' }, events: [event] }
}

/** R487: who drafted a plan does not set it in force; a migration may, for others decided about its plans long ago. */
export const activate = (
  plan: CommissionPlan,
  by: { readonly id: string; readonly mayMigrate: boolean },
  validUntil: BusinessDate | undefined,
): Decision<CommissionPlan> => {
  const moved = move(plan, 'active')
  if (by.id === plan.makerId && !by.mayMigrate) throw forbidden('approver_is_maker')
  const { id: commissionPlanId, validFrom, revision } = plan
  return {
    next: { ...moved, validUntil },
    events: [create(CommissionPlanActivatedSchema, { commissionPlanId, validFrom, revision })],
  }
}

export const end = (plan: CommissionPlan, validUntil: BusinessDate): Decision<CommissionPlan> => ({
  next: { ...move(plan, 'ended'), validUntil },
  events: [create(CommissionPlanEndedSchema, { commissionPlanId: plan.id, validUntil })],
})
