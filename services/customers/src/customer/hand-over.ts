import type { HandOverCustomerRequest } from '@saleswright/contracts/saleswright/customers/v1/customer_pb.ts'
import { type Aggregate, companyScope, type Decision, expectEtag } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Filter, Repository, Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { todayFor } from '../intake/intake.ts'
import { placeOf } from '../intake/place.ts'
import { OPEN_STATUSES, place as placeLead } from '../lead/lead.ts'
import { OPEN_STAGES, place as placeOpportunity } from '../opportunity/opportunity.ts'
import { type Customer, handOver as decide } from './customer.ts'
import { nameKey } from './customer-name.ts'

/** How many records are written at a time, all within the one transaction. */
const SLICE = 200

/**
 * Gives a customer to somebody else with everything open at it, whoever had that: its contacts, the leads that name its
 * company, the opportunities. What is closed keeps its owner (R137). One transaction, so that nobody sees half of it.
 */
export const handOver = async (desk: Desk, tx: Tx, request: HandOverCustomerRequest, call: Call): Promise<Customer> => {
  const customer = await tx.get(desk.customers, scopeOf(call), request.customerId)
  expectEtag(customer, request.etag)
  const { companyId, id, name } = customer
  const to = await placeOf(desk.directory, companyId, request.toPersonId, await todayFor(desk.directory, call))
  const decision = decide(customer, to, request.reason)
  await moveAll(tx, companyId, {
    records: desk.opportunities,
    filter: { customerId: id, status: { $in: OPEN_STAGES } },
    move: (opportunity) => placeOpportunity(opportunity, to),
  })
  await moveAll(tx, companyId, {
    records: desk.leads,
    filter: { companyKey: nameKey(name), status: { $in: OPEN_STATUSES } },
    move: (lead) => placeLead(lead, to),
  })
  return tx.save(desk.customers, decision)
}

type Move<T extends Aggregate> = {
  readonly records: Repository<T>
  readonly filter: Filter
  readonly move: (record: T) => Decision<T>
}

const moveAll = async <T extends Aggregate>(
  tx: Tx,
  companyId: string,
  { records, filter, move }: Move<T>,
): Promise<void> => {
  for (let after = ''; ; ) {
    const slice = await tx.findBy(
      records,
      companyScope(companyId),
      { ...filter, _id: { $gt: after } },
      { sort: ['_id'], limit: SLICE },
    )
    for (const record of slice) tx.save(records, move(record))
    const last = slice.at(-1)
    if (slice.length < SLICE || !last) return
    after = last.id
  }
}
