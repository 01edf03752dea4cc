import {
  PersonSchema,
  PersonService,
  type TransferPersonRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { companyScope, expectEtag, forbidden } from '@saleswright/kernel'
import { scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { accountIdOf, revokeAll } from '../account/account.ts'
import { rerouteUnroutable } from '../approval/reroute.ts'
import { renewDeputies } from '../authority/deputy.ts'
import type { GrantingCall } from '../grant/expect-covered.ts'
import type { GrantAct } from '../grant/grant-act.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { assignmentOn, transferred } from './assignments.ts'
import { checkAssignment } from './check-assignment.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { expectAdministrator } from './last-administrator.ts'
import { type Assignment, assign, type Person } from './person.ts'
import { personView, readAssignment } from './person-view.ts'
import { placeOn } from './place.ts'

/** Ends the assignment in force and begins another; what opened for the old position opens no more. Nobody transfers themselves. */
export const transferring = (books: Books): GrantAct<typeof TransferPersonRequestSchema, typeof PersonSchema> => ({
  method: PersonService.method.transferPerson,
  answer: PersonSchema,
  subject: ({ personId }) => `people/${personId}`,
  async perform(tx, request, call) {
    const assignment = readAssignment(request.assignment)
    const person = await tx.get(books.people, scopeOf(call), request.personId)
    expectEtag(person, request.etag)
    if (person.id === call.actor.id) throw forbidden('transfer_of_self')
    return personView(await transfer(tx, books, { call, person }, assignment))
  },
})

type Transfer = { readonly call: GrantingCall; readonly person: Person }

const transfer = async (tx: Tx, books: Books, { call, person }: Transfer, assignment: Assignment): Promise<Person> => {
  const { companyId } = person
  const assignments = transferred(person.assignments, assignment)
  const today = await todayIn(books, companyId, tx.at)
  const decision = assign(person, assignments, await placeOn(tx, books, { companyId, assignments }, today))
  if (decision.events.length === 0) return person
  await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
  await checkAssignment(tx, books, { call, person }, assignment)
  await renewTokens(tx, books, person, 'transferred')
  const moved = tx.save(books.people, decision)
  await expectAdministrator(tx, books, person)
  await rerouteUnroutable(tx, books, companyId)
  return moved
}

/** What the person may do is another now: tokens that are about are refused, and the sessions get new ones. */
export const renewTokens = async (tx: Tx, books: Books, person: Person, reason: string): Promise<void> => {
  const { id, companyId } = person
  const account = await tx.find(books.accounts, companyScope(companyId), accountIdOf(id))
  if (account) tx.save(books.accounts, revokeAll(account, reason, tx.at))
  await renewDeputies(tx, books, { companyId, personIds: [id] }, reason)
}

/** The roles that a person has today, by themselves or by their position. */
export const rolesOf = async (tx: Tx, books: Books, person: Person): Promise<readonly string[]> => {
  const scope = companyScope(person.companyId)
  const place = assignmentOn(person.assignments, await todayIn(books, person.companyId, tx.at))
  const position = place && (await tx.find(books.positions, scope, place.positionId))
  return [...person.roleIds, ...(position?.roleIds ?? [])]
}
