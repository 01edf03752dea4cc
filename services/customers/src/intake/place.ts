import type { Directory } from '@saleswright/directory'
import { type Aggregate, AppError, type BusinessDate, forbidden, type Scope } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import { mayMigrate } from './provenance.ts'

/** Whose a record is, and where that person sits: what row scopes ask for (decisions 3). */
export type Place = Required<Pick<Aggregate, 'ownerId' | 'unitId' | 'orgPath'>>

/** Whether a record need not be moved. */
export const isAt = (record: Place, place: Place): boolean =>
  record.ownerId === place.ownerId && record.unitId === place.unitId && record.orgPath.join() === place.orgPath.join()

const lies = (scope: Scope, row: Place & { readonly companyId: string }): boolean =>
  Object.entries(scope.equals).every(([field, value]) =>
    field === 'orgPath' ? row.orgPath.includes(value) : row[field as keyof typeof row] === value,
  )

/** Where somebody sits on a day. */
export const placeOf = async (
  directory: Directory,
  companyId: string,
  ownerId: string,
  date: BusinessDate,
): Promise<Place> => {
  const { unitId, orgPath } = await directory.place(companyId, ownerId, date)
  return { ownerId, unitId, orgPath }
}

/** The place of a new record. `not_your_unit` where the caller's permission does not reach its owner. */
export const placeFor = async (
  directory: Directory,
  call: Call,
  ownerId: string | undefined,
  date: BusinessDate,
): Promise<Place> => {
  const { companyId, id } = call.actor
  const place = await placeOf(directory, companyId, ownerId ?? id, date).catch((error: unknown) => {
    const absent = error instanceof AppError && error.code === 'person_has_no_place'
    if (absent && ownerId === undefined && mayMigrate(call.actor)) return rootPlace(directory, companyId, id)
    throw error
  })
  if (!lies(scopeOf(call), { ...place, companyId })) throw forbidden('not_your_unit')
  return place
}

/** Who brings in old records need not have been there on their days: such records belong to the company's root unit. */
const rootPlace = async (directory: Directory, companyId: string, ownerId: string): Promise<Place> => {
  const { rootUnitId } = await directory.company(companyId)
  return { ownerId, unitId: rootUnitId, orgPath: [rootUnitId] }
}
