import type { Claims } from '@saleswright/rpc'
import { grantsAsDeputy } from '../authority/deputy.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { grantsOn, READ_DIRECTLY } from '../role/grants-of-person.ts'
import { union } from '../role/role.ts'
import { todayIn } from '../today.ts'

export const staffClaims = async (books: Books, person: Person, sid: string, at: Date): Promise<Claims> => {
  const today = await todayIn(books, person.companyId, at)
  const own = await grantsOn(READ_DIRECTLY, books, person, today)
  return {
    sub: person.id,
    kind: 'staff',
    companyId: person.companyId,
    unitId: assignmentOn(person.assignments, today)?.orgUnitId,
    grants: union([...own, ...(await grantsAsDeputy(books, person, today)), 'session@self']),
    sid,
  }
}
