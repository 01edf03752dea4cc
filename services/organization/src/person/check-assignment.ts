import { companyScope, conflict } from '@saleswright/kernel'
import { type Call, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import type { Assignment, Person } from './person.ts'
import { takeSeat } from './seats.ts'

/** Whether the caller may place the person there: the unit lies in the caller's rows, the position is free, the superior exists. */
export const checkAssignment = async (
  tx: Tx,
  books: Books,
  { call, person }: { readonly call: Call; readonly person: Pick<Person, 'id' | 'companyId'> },
  assignment: Assignment,
): Promise<void> => {
  const { managerId, orgUnitId, positionId } = assignment
  await tx.get(books.orgUnits, scopeOf(call), orgUnitId)
  const position = await tx.get(books.positions, companyScope(person.companyId), positionId)
  await expectOrdinary(tx, books, call, position.roleIds)
  if (managerId === person.id) throw conflict('manager_is_self')
  if (managerId !== undefined) await tx.get(books.people, companyScope(person.companyId), managerId)
  await takeSeat(tx, books, person, assignment)
}
