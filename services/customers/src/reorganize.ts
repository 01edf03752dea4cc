import type { OrgUnitChanged } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import type { OwnedPlace } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { place as placeContact } from './contact/contact.ts'
import { OPEN_STATUSES as OPEN_EVALUATIONS, place as placeEvaluation } from './credit/credit-evaluation.ts'
import { place as placeCustomer } from './customer/customer.ts'
import type { Desk } from './desk.ts'
import { moveAll } from './intake/move-all.ts'
import { OPEN_STATUSES, place as placeLead } from './lead/lead.ts'
import { OPEN_STAGES, place as placeOpportunity } from './opportunity/opportunity.ts'

/** The way down to a record after a unit on it has moved. */
export const movedPath = (
  { ownerId, unitId, orgPath }: OwnedPlace,
  unit: string,
  path: readonly string[],
): OwnedPlace => ({
  ownerId,
  unitId,
  orgPath: [...path, ...orgPath.slice(orgPath.indexOf(unit) + 1)],
})

/** When a unit moves, files, contacts and what is open move with it; what is closed stays where it was (decisions 3). */
export const reorganize = async (
  desk: Desk,
  tx: Tx,
  companyId: string,
  { orgUnitId, path }: OrgUnitChanged,
): Promise<void> => {
  const filter = { orgPath: orgUnitId }
  const to = (record: OwnedPlace) => movedPath(record, orgUnitId, path)
  await moveAll(tx, companyId, { records: desk.customers, filter, to, place: placeCustomer })
  await moveAll(tx, companyId, { records: desk.contacts, filter, to, place: placeContact })
  await moveAll(tx, companyId, {
    records: desk.leads,
    filter: { ...filter, status: { $in: OPEN_STATUSES } },
    to,
    place: placeLead,
  })
  await moveAll(tx, companyId, {
    records: desk.opportunities,
    filter: { ...filter, status: { $in: OPEN_STAGES } },
    to,
    place: placeOpportunity,
  })
  await moveAll(tx, companyId, {
    records: desk.evaluations,
    filter: { ...filter, status: { $in: OPEN_EVALUATIONS } },
    to,
    place: placeEvaluation,
  })
}
