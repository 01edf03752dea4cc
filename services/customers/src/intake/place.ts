import { type Directory, ownerPlace, todayIn } from '@saleswright/directory'
import { AppError, type BusinessDate, forbidden, mayMigrate, type OwnedPlace, reaches } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'

/** The place of a new record. `not_your_unit` where the caller's permission does not reach its owner. */
export const placeFor = async (
  directory: Directory,
  call: Call,
  ownerId: string | undefined,
  date: BusinessDate,
): Promise<OwnedPlace> => {
  const { companyId, id } = call.actor
  const place = await given(directory, call, ownerId ?? id, date).catch((error: unknown) => {
    const absent = error instanceof AppError && error.code === 'person_has_no_place'
    if (absent && ownerId === undefined && mayMigrate(call.actor)) return rootPlace(directory, companyId, id)
    throw error
  })
  if (!reaches(scopeOf(call), { ...place, companyId })) throw forbidden('not_your_unit')
  return place
}

/** Who makes a record for themselves works here now; anybody else is asked for anew. */
const given = async (
  directory: Directory,
  { actor, at }: Call,
  ownerId: string,
  date: BusinessDate,
): Promise<OwnedPlace> => {
  const { companyId } = actor
  const today = await todayIn(directory, companyId, at)
  const migrating = mayMigrate(actor) || ownerId === actor.id
  return ownerPlace(directory, { companyId, ownerId, date, today, migrating })
}

/** Who brings in old records need not have been there on their days: such records belong to the company's root unit. */
const rootPlace = async (directory: Directory, companyId: string, ownerId: string): Promise<OwnedPlace> => {
  const { rootUnitId } = await directory.company(companyId)
  return { ownerId, unitId: rootUnitId, orgPath: [rootUnitId] }
}
