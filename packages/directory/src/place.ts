import { type BusinessDate, businessDateOf, type OwnedPlace } from '@saleswright/kernel'
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

/** The day that an instant is where the company is. */
export const todayIn = async (
  directory: Pick<Directory, 'company'>,
  companyId: string,
  at: Date,
): Promise<BusinessDate> => businessDateOf(at, (await directory.company(companyId)).timeZone)
