import { type BusinessDate, businessDateOf, conflict, type OwnedPlace } from '@saleswright/kernel'
import type { Directory } from './directory.ts'

/** The place on a day of what somebody owns. */
export const placeOf = async (
  directory: Pick<Directory, 'place'>,
  companyId: string,
  ownerId: string,
  date: BusinessDate,
): Promise<OwnedPlace> => {
  const { unitId, orgPath } = await directory.place(companyId, ownerId, date)
  return { ownerId, unitId, orgPath }
}

export type Giving = {
  readonly companyId: string
  readonly ownerId: string
  /** The business date of what is given. */
  readonly date: BusinessDate
  readonly today: BusinessDate
  /** Old records may belong to who has left since. */
  readonly migrating: boolean
}

/**
 * The place of an owner to whom something is given: one rule for all services. `owner_has_left` and `owner_not_started` where nobody
 * could work on it; organization is asked anew, for somebody may have left a moment ago. Where a migration enters old records, the owner
 * needs a place on their day alone.
 */
export const ownerPlace = async (
  directory: Pick<Directory, 'place' | 'placeOn' | 'freshPerson'>,
  { companyId, ownerId, date, today, migrating }: Giving,
): Promise<OwnedPlace> => {
  if (!migrating) {
    const person = await directory.freshPerson(companyId, ownerId)
    if (person.status === 'left') throw conflict('owner_has_left', { personId: ownerId })
    if (!directory.placeOn(person, today)) {
      const ahead = person.assignments.some(({ from }) => from > today)
      throw conflict(ahead ? 'owner_not_started' : 'owner_has_left', { personId: ownerId })
    }
  }
  return placeOf(directory, companyId, ownerId, date)
}

/** The day that an instant is where the company is. */
export const todayIn = async (
  directory: Pick<Directory, 'company'>,
  companyId: string,
  at: Date,
): Promise<BusinessDate> => businessDateOf(at, (await directory.company(companyId)).timeZone)
