import { readMoney, wordOf } from '@saleswright/contracts'
import type {
  CreateCommissionPlanRequest,
  Tier as TierMessage,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { conflict, invalid, newId, parseBusinessDate, parseRate, readExternalRef } from '@saleswright/kernel'
import { type Call, wholeCompany } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import type { Tier } from '../rating/tiers.ts'
import { type CommissionPlan, draft } from './commission-plan.ts'
import { PERIODICITY } from './commission-plan-view.ts'

/** A further plan of a name is its next revision, unless it says nothing new. */
export const createPlan = async (
  { plans }: Desk,
  tx: Tx,
  request: CreateCommissionPlanRequest,
  call: Call,
): Promise<CommissionPlan> => {
  const company = wholeCompany(call)
  const facts = factsIn(request, call)
  const { name } = facts
  const { companyId } = call.actor
  await refuseKnownRef(tx, plans, companyId, facts.externalRef)
  const revisions = await tx.findBy(plans, company, { name })
  const same = revisions.find((plan) => plan.status !== 'ended' && saysOf(plan) === saysOf(facts))
  if (same) throw conflict('commission_plan_exists', { id: same.id, name })
  const revision = revisions.length + 1
  return tx.save(plans, draft({ ...facts, id: newId(), companyId, revision }))
}

type Facts = Omit<CommissionPlan, 'id' | 'version' | 'companyId' | 'status' | 'revision'>

const saysOf = ({ validFrom, currency, periodicity, tiers }: Facts): string =>
  [validFrom, currency, periodicity, ...tiers.flatMap(({ from, rate }) => [from, rate])].join()

const factsIn = (request: CreateCommissionPlanRequest, call: Call): Facts => {
  const { currencyCode: currency } = request
  const periodicity = wordOf(PERIODICITY, request.periodicity)
  if (!periodicity) {
    const violation = { field: 'periodicity', rule: 'periodicity_needed', message: 'is required' }
    throw invalid('periodicity_needed', {}, [violation])
  }
  return {
    name: request.name,
    basis: 'collected',
    periodicity,
    currency,
    tiers: request.tiers.map((tier, index) => tierIn(tier, currency, `tiers[${index}].from`)),
    validFrom: parseBusinessDate(request.validFrom),
    makerId: call.actor.id,
    ...readExternalRef(call.actor, request.externalRef),
  }
}

const tierIn = ({ from, rate }: TierMessage, currency: string, field: string): Tier => {
  const beginning = readMoney(from ?? { currencyCode: currency, amount: '0' })
  if (beginning.currency !== currency) {
    const violation = { field, rule: 'mixed_currencies', message: `must be in ${currency}` }
    throw invalid('mixed_currencies', { left: currency, right: beginning.currency }, [violation])
  }
  return { from: beginning.minor, rate: parseRate(rate).millionths }
}
