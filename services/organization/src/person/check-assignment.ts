import { companyScope, conflict } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { givenAt } from '../grant/authority-of.ts'
import { expectCovered, type GrantingCall } from '../grant/expect-covered.ts'
import type { Books } from '../repositories.ts'
import { type Assignment, expectThere, type Person } from './person.ts'
import { takeSeat } from './seats.ts'

/**
 * Whether the caller may place the person there: the unit lies in the caller's rows, the position is free, the superior exists and is
 * there, and what the person may do there is no more than the caller or the person may do now.
 */
export const checkAssignment = async (
  tx: Tx,
  books: Books,
  { call, person }: { readonly call: GrantingCall; readonly person: Person },
  assignment: Assignment,
): Promise<void> => {
  const { managerId, orgUnitId } = assignment
  await tx.get(books.orgUnits, scopeOf(call), orgUnitId)
  if (managerId === person.id) throw conflict('manager_is_self')
  if (managerId !== undefined) expectThere(await tx.get(books.people, companyScope(person.companyId), managerId))
  await expectCovered(tx, books, { call, given: await givenAt(tx, books, person, assignment), receiver: person })
  await takeSeat(tx, books, person, assignment)
}
