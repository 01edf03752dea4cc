import { type Actor, acceptBusinessDate, type BusinessDate, businessDateOf } from '@saleswright/kernel'
import type { Desk } from './desk.ts'

export const todayOf = async (
  { directory }: Pick<Desk, 'directory'>,
  companyId: string,
  at: Date,
): Promise<BusinessDate> => businessDateOf(at, (await directory.company(companyId)).timeZone)

type Asking = { readonly actor: Actor; readonly at: Date }
type Dated = { readonly companyId: string; readonly migrated: boolean; readonly businessDate: BusinessDate }

/** The date of a step: as given, or today; what a migration brought happened on its own date unless it says another. */
export const stepDate = async (
  desk: Pick<Desk, 'directory'>,
  document: Dated,
  { actor, at }: Asking,
  given?: string,
): Promise<BusinessDate> => {
  if (given === undefined && document.migrated) return document.businessDate
  return acceptBusinessDate(given, await todayOf(desk, document.companyId, at), actor.grants.has('migration'))
}
