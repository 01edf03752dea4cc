import { create } from '@bufbuild/protobuf'
import {
  type CreatePersonRequest,
  CreatePersonRequestSchema,
  PersonSchema,
  PersonService,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { invalid, newId, readExternalRef } from '@saleswright/kernel'
import type { Call } from '@saleswright/rpc'
import { accountKey, openAccount } from '../account/account.ts'
import { checkPassword, hashPassword } from '../account/password.ts'
import { rerouteUnroutable } from '../approval/reroute.ts'
import { knownBy } from '../external-ref.ts'
import { attempt, type GrantAct } from '../grant/grant-act.ts'
import { keyed } from '../keyed.ts'
import { expectPermission } from '../reach.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { checkAssignment } from './check-assignment.ts'
import { hire, type Person } from './person.ts'
import { personView, readAssignment } from './person-view.ts'
import { placeOn } from './place.ts'

const readAccount = async ({ accountName, password }: CreatePersonRequest) => {
  if (accountName === undefined && password === undefined) return undefined
  if (accountName === undefined || password === undefined) throw invalid('account_incomplete')
  checkPassword(password, accountName)
  return { accountName, passwordHash: await hashPassword(password) }
}

const factsOf = ({ displayName, assignments, roleIds, accountName }: Person) => ({
  displayName,
  roleIds: roleIds.toSorted(),
  accountName,
  assignments: assignments.map(({ orgUnitId, positionId, managerId, from, until }) =>
    JSON.stringify([orgUnitId, positionId, managerId, from, until]),
  ),
})

type Account = Awaited<ReturnType<typeof readAccount>>

/** Somebody begins: in a unit of the caller's rows, with an account when one is given. */
export const hiring = (
  books: Books,
  account?: Account,
): GrantAct<typeof CreatePersonRequestSchema, typeof PersonSchema> => ({
  method: PersonService.method.createPerson,
  answer: PersonSchema,
  subject: () => 'people',
  // Who gives more than they have opens no way in to it.
  kept: (request) => create(CreatePersonRequestSchema, { ...request, accountName: undefined, password: undefined }),
  async perform(tx, request, call) {
    const { companyId } = call.actor
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
    if (account) {
      const credentials = { accountName: accountKey(account.accountName), passwordHash: account.passwordHash }
      tx.save(books.accounts, openAccount(id, companyId, credentials))
    }
    await rerouteUnroutable(tx, books, companyId)
    return personView(person)
  },
})

export const createPerson = async (books: Books, secret: Uint8Array, request: CreatePersonRequest, call: Call) => {
  // A password is hashed outside of the transaction, which may be made again.
  const account = await readAccount(request)
  return attempt(books, hiring(books, account), request, keyed(call, secret))
}
