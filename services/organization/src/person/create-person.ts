import { create } from '@bufbuild/protobuf'
import {
  type CreatePersonRequest,
  CreatePersonRequestSchema,
  PersonSchema,
  PersonService,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { invalidField, newId, readExternalRef } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { giveAccount } from '../account/give-account.ts'
import { rerouteUnroutable } from '../approval/reroute.ts'
import { knownBy } from '../external-ref.ts'
import { attempt, type GrantAct } from '../grant/grant-act.ts'
import { expectPermission } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { checkAssignment } from './check-assignment.ts'
import { hire, type Person } from './person.ts'
import { personView, readAssignment } from './person-view.ts'
import { placeOn } from './place.ts'

const readAccount = ({ accountName, email }: CreatePersonRequest) => {
  if (accountName === undefined && email !== undefined) throw invalidField('accountName', 'account_incomplete')
  return accountName === undefined ? undefined : { accountName, email }
}

const factsOf = ({ displayName, assignments, roleIds, accountName }: Person) => ({
  displayName,
  roleIds: roleIds.toSorted(),
  accountName,
  assignments: assignments.map(({ orgUnitId, positionId, managerId, from, until }) =>
    JSON.stringify([orgUnitId, positionId, managerId, from, until]),
  ),
})

/** Somebody begins: in a unit of the caller's rows, with an account when one is given. */
export const hiring = (books: Books): GrantAct<typeof CreatePersonRequestSchema, typeof PersonSchema> => ({
  method: PersonService.method.createPerson,
  answer: PersonSchema,
  subject: () => 'people',
  // Who gives more than they have opens no way in to it.
  kept: (request) => create(CreatePersonRequestSchema, { ...request, accountName: undefined, email: undefined }),
  async perform(tx, request, call) {
    const { companyId } = call.actor
    const account = readAccount(request)
    if (request.roleIds.length > 0) expectPermission(call, 'organization.roles.write')
    const assignment = readAssignment(request.assignment)
    const facts = {
      companyId,
      displayName: request.displayName,
      roleIds: [...new Set(request.roleIds)].toSorted(),
      ...(account && { accountName: account.accountName }),
      ...readExternalRef(call.actor, request.externalRef),
    }
    const id = newId()
    const today = await todayIn(books, companyId, tx.at)
    const place = await placeOn(tx, books, { companyId, assignments: [assignment] }, today)
    const decision = hire(id, facts, assignment, place)
    const known = await knownBy(tx, books.people, decision.next, factsOf)
    if (known) return personView(known)
    await checkAssignment(tx, books, { call, person: decision.next }, assignment)
    const person = tx.save(books.people, decision)
    if (account) giveAccount(tx, books, person, account)
    await rerouteUnroutable(tx, books, companyId)
    return personView(person)
  },
})

export const createPerson = (books: Books, request: CreatePersonRequest, call: Call) =>
  attempt(books, hiring(books), request, call)
