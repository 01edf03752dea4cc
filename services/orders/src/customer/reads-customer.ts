import { type Actor, type BusinessDate, reaches, scopeFor } from '@saleswright/kernel'
import type { Desk } from '../desk.ts'
import type { Customer } from './customer.ts'

/** Whether somebody may read a customer's file, and so its figures: by the reach of their permission and where its owner sits. */
export const readsCustomer = async (
  { directory }: Desk,
  actor: Actor,
  customer: Customer,
  date: BusinessDate,
): Promise<boolean> => {
  if (actor.kind === 'service') return true
  const { id, companyId, ownerId, inChannel } = customer
  const scope = scopeFor(actor, 'customers.read')
  if (!scope) return false
  const place = directory.placeOn(await directory.person(companyId, ownerId), date)
  return reaches(scope, { ...place, companyId, ownerId, ...(inChannel && { partnerId: id }) })
}
