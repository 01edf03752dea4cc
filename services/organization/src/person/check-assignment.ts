import { companyScope, conflict } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { givenAt } from '../grant/authority-of.ts'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import { takeSeat } from '../headcount/staffing.ts'
import { expectSuperiorInLine } from '../position/line.ts'
import type { Books } from '../repositories.ts'
import { type Assignment, expectThere, type Person } from './person.ts'

/**
 * Whether the caller may place the person there: the unit lies in the caller's rows, the position is free, the superior exists, is
 * there and holds the position above, and what the person may do there is no more than the caller or the person may do now.
 */
export const checkAssignment = async (
  tx: Tx,
  books: Books,
  { call, person }: { readonly call: GrantingCall; readonly person: Person },
  assignment: Assignment,
): Promise<void> => {
  const { managerId, orgUnitId, positionId, from } = assignment
  const scope = companyScope(person.companyId)
  await tx.get(books.orgUnits, scopeOf(call), orgUnitId)
  if (managerId === person.id) throw conflict('manager_is_self')
  const superior = managerId === undefined ? undefined : expectThere(await tx.get(books.people, scope, managerId))
  await expectSuperiorInLine(tx, books, await tx.get(books.positions, scope, positionId), { superior, from })
  await expectCovered(tx, books, { call, given: await givenAt(tx, books, person, assignment), receiver: person })
  await takeSeat(tx, books, person, assignment)
}
