import { companyScope } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { accountIdOf, revokeAll } from '../account/account.ts'
import { rerouteUnroutable } from '../approval/reroute.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { assignmentOn, transferred } from './assignments.ts'
import { checkAssignment } from './check-assignment.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { type Assignment, assign, type Person } from './person.ts'
import { placeOn } from './place.ts'

/** Ends the assignment in force and begins another; what opened for the old position opens no more. */
export const transfer = async (
  tx: Tx,
  books: Books,
  { call, person }: { readonly call: Call; readonly person: Person },
  assignment: Assignment,
): Promise<Person> => {
  const { companyId } = person
  await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
  await checkAssignment(tx, books, { call, person }, assignment)
  const assignments = transferred(person.assignments, assignment)
  const today = await todayIn(books, companyId, tx.at)
  const decision = assign(person, assignments, await placeOn(tx, books, { companyId, assignments }, today))
  if (decision.events.length === 0) return person
  await renewTokens(tx, books, person, 'transferred')
  const moved = tx.save(books.people, decision)
  await rerouteUnroutable(tx, books, companyId)
  return moved
}

/** What the person may do is another now: tokens that are about are refused, and the sessions get new ones. */
export const renewTokens = async (tx: Tx, { accounts }: Books, person: Person, reason: string): Promise<void> => {
  const account = await tx.find(accounts, companyScope(person.companyId), accountIdOf(person.id))
  if (account) tx.save(accounts, revokeAll(account, reason, tx.at))
}

/** The roles that a person has today, by themselves or by their position. */
export const rolesOf = async (tx: Tx, books: Books, person: Person): Promise<readonly string[]> => {
  const scope = companyScope(person.companyId)
  const place = assignmentOn(person.assignments, await todayIn(books, person.companyId, tx.at))
  const position = place && (await tx.find(books.positions, scope, place.positionId))
  return [...person.roleIds, ...(position?.roleIds ?? [])]
}
