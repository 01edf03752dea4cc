import { todayIn } from '@saleswright/directory'
import { type Actor, acceptBusinessDate, type BusinessDate, invalid, mayMigrate } from '@saleswright/kernel'
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

/** What follows from something is not dated before it: else a period would hold what went back and not what came. */
export const expectNotBefore = (date: BusinessDate, earlier: BusinessDate | undefined, field: string): BusinessDate => {
  if (earlier === undefined || date >= earlier) return date
  const violation = { field, rule: 'dates_crossed', message: `must not lie before ${earlier}` }
  throw invalid('dates_crossed', { date, earlier }, [violation])
}
