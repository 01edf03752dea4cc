import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Claims } from '@saleswright/rpc'
import { ADMINISTRATOR_GRANTS } from '../permissions.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { grantsOf, union } from '../role/role.ts'
import { todayIn } from '../today.ts'

/** What a person may do on a day: the roles of the position held then and the person's own, the widest reach of each. */
const staffGrants = async (
  { positions, roles }: Pick<Books, 'positions' | 'roles'>,
  { companyId, assignments, roleIds }: Pick<Person, 'companyId' | 'assignments' | 'roleIds'>,
  date: BusinessDate,
): Promise<readonly string[]> => {
  const scope = companyScope(companyId)
  const place = assignmentOn(assignments, date)
  const position = place && (await positions.find(scope, place.positionId))
  const ids = [...roleIds, ...(position?.roleIds ?? [])]
  const held = ids.length > 0 ? await roles.findBy(scope, { _id: { $in: ids } }) : []
  return union([...grantsOf(held, ADMINISTRATOR_GRANTS), 'session@self'])
}

export const staffClaims = async (books: Books, person: Person, sid: string, at: Date): Promise<Claims> => {
  const today = await todayIn(books, person.companyId, at)
  return {
    sub: person.id,
    kind: 'staff',
    companyId: person.companyId,
    unitId: assignmentOn(person.assignments, today)?.orgUnitId,
    grants: await staffGrants(books, person, today),
    sid,
  }
}
