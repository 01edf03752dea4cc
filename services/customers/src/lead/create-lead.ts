import { wordOf } from '@saleswright/contracts'
import type { CreateLeadRequest } from '@saleswright/contracts/saleswright/customers/v1/lead_pb.ts'
import { acceptBusinessDate, forbidden, mayMigrate, parseBusinessDate } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { refuseKnownRef, type Tx } from '@saleswright/store'
import type { Desk } from '../desk.ts'
import { intakeOf, todayFor } from '../intake/take-in.ts'
import { valueIn } from '../intake/value.ts'
import { enter, type Interest, type Lead } from './lead.ts'
import { STATUS } from './lead-view.ts'

/** A lead begins as new; only a migration says where it stood and when it was talked to. */
export const createLead = async (
  { leads, directory }: Desk,
  tx: Tx,
  request: CreateLeadRequest,
  call: Call,
): Promise<Lead> => {
  const status = wordOf(STATUS, request.status) ?? 'new'
  const isMigrated = status !== 'new' || request.contactedOn !== undefined
  if (isMigrated && !mayMigrate(call.actor)) throw forbidden('lead_status_needs_migration')
  const intake = await intakeOf(directory, call, request)
  if (request.contactedOn !== undefined) acceptBusinessDate(request.contactedOn, await todayFor(directory, call), true)
  await refuseKnownRef(tx, leads, intake.companyId, intake.externalRef)
  return tx.save(leads, enter(isMigrated ? { ...intake, origin: 'migrated' } : intake, interestIn(request), status))
}

const interestIn = ({ title, companyName, sku, expectedValue, contactedOn }: CreateLeadRequest): Interest => ({
  title,
  companyName,
  sku,
  expectedValue: expectedValue && valueIn('expectedValue', expectedValue),
  contactedOn: contactedOn === undefined ? undefined : parseBusinessDate(contactedOn),
})
