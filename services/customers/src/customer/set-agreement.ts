import { wordOf } from '@saleswright/contracts'
import type {
  EndPartnerAgreementRequest,
  SetPartnerAgreementRequest,
} from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { todayIn } from '@saleswright/directory'
import { expectEtag, invalid, parseBusinessDate } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { agree, endAgreement } from './agreement.ts'
import type { Customer } from './customer.ts'
import { INTAKE, TIER } from './customer-view.ts'

const dayOf = async (desk: Desk, { actor, at }: Call, given: string | undefined): Promise<string> =>
  given === undefined ? todayIn(desk.directory, actor.companyId, at) : parseBusinessDate(given)

export const setAgreement = async (
  desk: Desk,
  tx: Tx,
  request: SetPartnerAgreementRequest,
  call: Call,
): Promise<Customer> => {
  const customer = await tx.get(desk.customers, scopeOf(call), request.customerId)
  expectEtag(customer, request.etag)
  const tier = wordOf(TIER, request.tier)
  if (tier === undefined) {
    throw invalid('invalid_request', {}, [{ field: 'tier', rule: 'required', message: 'is required' }])
  }
  const agreement = {
    tier,
    orderIntake: wordOf(INTAKE, request.orderIntake ?? INTAKE.sales_confirms) ?? 'sales_confirms',
    from: await dayOf(desk, call, request.activeFrom),
    ...(request.activeUntil !== undefined && { until: parseBusinessDate(request.activeUntil) }),
  }
  return tx.save(desk.customers, agree(customer, agreement))
}

export const endPartnerAgreement = async (
  desk: Desk,
  tx: Tx,
  request: EndPartnerAgreementRequest,
  call: Call,
): Promise<Customer> => {
  const customer = await tx.get(desk.customers, scopeOf(call), request.customerId)
  expectEtag(customer, request.etag)
  return tx.save(desk.customers, endAgreement(customer, await dayOf(desk, call, request.on)))
}
