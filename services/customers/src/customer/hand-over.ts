import type { HandOverCustomerRequest } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { ownerPlace } from '@saleswright/directory'
import { companyKey, expectEtag } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { place as placeContact } from '../contact/contact.ts'
import { OPEN_STATUSES as OPEN_EVALUATIONS, place as placeEvaluation } from '../credit/credit-evaluation.ts'
import type { Desk } from '../desk.ts'
import { moveAll } from '../intake/move-all.ts'
import { todayFor } from '../intake/take-in.ts'
import { OPEN_STATUSES, place as placeLead } from '../lead/lead.ts'
import { OPEN_STAGES, place as placeOpportunity } from '../opportunity/opportunity.ts'
import { type Customer, handOver as decide } from './customer.ts'

/**
 * Gives a customer to somebody else with everything open at it, whoever had that: its contacts, the leads that name its
 * company, the opportunities, the credit evaluations. What is closed keeps its owner (R137). One transaction, so that nobody sees half of it.
 */
export const handOver = async (desk: Desk, tx: Tx, request: HandOverCustomerRequest, call: Call): Promise<Customer> => {
  const customer = await tx.get(desk.customers, scopeOf(call), request.customerId)
  expectEtag(customer, request.etag)
  const { companyId, id, name } = customer
  const today = await todayFor(desk.directory, call)
  const owner = { companyId, ownerId: request.toPersonId, date: today, today, migrating: false }
  const to = await ownerPlace(desk.directory, owner)
  const decision = decide(customer, to, { reason: request.reason, on: today })
  await moveAll(tx, companyId, {
    records: desk.contacts,
    filter: { customerId: id },
    to: () => to,
    place: placeContact,
  })
  await moveAll(tx, companyId, {
    records: desk.opportunities,
    filter: { customerId: id, status: { $in: OPEN_STAGES } },
    to: () => to,
    place: placeOpportunity,
  })
  await moveAll(tx, companyId, {
    records: desk.evaluations,
    filter: { customerId: id, status: { $in: OPEN_EVALUATIONS } },
    to: () => to,
    place: placeEvaluation,
  })
  await moveAll(tx, companyId, {
    records: desk.leads,
    filter: { companyKey: companyKey(name), status: { $in: OPEN_STATUSES } },
    to: () => to,
    place: placeLead,
  })
  return tx.save(desk.customers, decision)
}
