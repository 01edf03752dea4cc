import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { ADMINISTRATOR_GRANTS } from '../permissions.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { grantsOf, type Role, union } from './role.ts'

/** Reads of a transaction, or beside one. */
type Read = Pick<Tx, 'find' | 'findBy'>

export const READ_DIRECTLY: Read = {
  find: (repository, scope, id) => repository.find(scope, id),
  findBy: (repository, scope, filter, options) => repository.findBy(scope, filter, options),
}

type Holder = Pick<Person, 'companyId' | 'assignments' | 'roleIds'>
type Roles = Pick<Books, 'positions' | 'roles'>

/** The roles that somebody has on a day: those of the position held then, and their own. */
const rolesOn = async (
  read: Read,
  { positions, roles }: Roles,
  { companyId, assignments, roleIds }: Holder,
  date: BusinessDate,
): Promise<readonly Role[]> => {
  const scope = companyScope(companyId)
  const place = assignmentOn(assignments, date)
  const position = place && (await read.find(positions, scope, place.positionId))
  const ids = [...new Set([...roleIds, ...(position?.roleIds ?? [])])]
  return ids.length > 0 ? read.findBy(roles, scope, { _id: { $in: ids } }) : []
}

/** What somebody may do on a day, the widest reach of each permission. */
export const grantsOn = async (
  read: Read,
  books: Roles,
  holder: Holder,
  date: BusinessDate,
): Promise<readonly string[]> => union(grantsOf(await rolesOn(read, books, holder, date), ADMINISTRATOR_GRANTS))
