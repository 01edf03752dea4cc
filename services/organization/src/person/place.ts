import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { homeOn } from './assignments.ts'
import type { Assignment, Place } from './person.ts'

/** Where a person's row lies on a day. */
export const placeOn = async (
  tx: Tx,
  { orgUnits }: Pick<Books, 'orgUnits'>,
  { companyId, assignments }: { readonly companyId: string; readonly assignments: readonly Assignment[] },
  date: BusinessDate,
): Promise<Place> => {
  const home = homeOn(assignments, date)
  if (!home) throw new Error('a person has at least one assignment')
  const { id, orgPath } = await tx.get(orgUnits, companyScope(companyId), home.orgUnitId)
  return { unitId: id, orgPath }
}
