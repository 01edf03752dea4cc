import { readMoney } from '@saleswright/contracts'
import type {
  CreateCommissionPlanRequest,
  Tier as TierMessage,
} from '@saleswright/contracts/saleswright/incentives/v1/commission_pb.ts'
import { conflict, forbidden, invalid, newId, parseBusinessDate, parseRate } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { mayMigrate, wholeCompany } from '../company-wide.ts'
import type { Desk } from '../desk.ts'
import { wordOf } from '../lists.ts'
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
  const { externalRef: ref, name } = facts
  if (ref) {
    const [known] = await tx.findBy(plans, company, {
      'externalRef.system': ref.system,
      'externalRef.id': ref.id,
    })
    if (known) throw conflict('external_ref_exists', { system: ref.system, externalId: ref.id, id: known.id })
  }
  const revisions = await tx.findBy(plans, company, { name })
  const same = revisions.find((plan) => plan.status !== 'ended' && saysOf(plan) === saysOf(facts))
  if (same) throw conflict('commission_plan_exists', { id: same.id, name })
  const revision = revisions.length + 1
  return tx.save(plans, draft({ ...facts, id: newId(), companyId: call.actor.companyId, revision }))
}

type Facts = Omit<CommissionPlan, 'id' | 'version' | 'companyId' | 'status' | 'revision'>

const saysOf = ({ validFrom, currency, periodicity, tiers }: Facts): string =>
  [validFrom, currency, periodicity, ...tiers.flatMap(({ from, rate }) => [from, rate])].join()

const factsIn = (request: CreateCommissionPlanRequest, call: Call): Facts => {
  const { currencyCode: currency, externalRef } = request
  const periodicity = wordOf(PERIODICITY, request.periodicity)
  if (!periodicity) throw invalid('periodicity_needed')
  if (externalRef && !mayMigrate(call)) throw forbidden('migration_needed')
  return {
    name: request.name.trim(),
    basis: 'collected',
    periodicity,
    currency,
    tiers: request.tiers.map((tier) => tierIn(tier, currency)),
    validFrom: parseBusinessDate(request.validFrom),
    makerId: call.actor.id,
    externalRef: externalRef && { system: externalRef.system, id: externalRef.id },
  }
}

const tierIn = ({ from, rate }: TierMessage, currency: string): Tier => {
  const beginning = readMoney(from ?? { currencyCode: currency, amount: '0' })
  if (beginning.currency !== currency) {
    throw invalid('mixed_currencies', { left: currency, right: beginning.currency })
  }
  return { from: beginning.minor, rate: parseRate(rate).millionths }
}
