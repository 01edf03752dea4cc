import { todayIn } from '@saleswright/directory'
import { type Actor, acceptBusinessDate, type BusinessDate, mayMigrate } from '@saleswright/kernel'
import type { Desk } from './desk.ts'

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
  return acceptBusinessDate(given, await todayIn(desk.directory, document.companyId, at), mayMigrate(actor))
}
