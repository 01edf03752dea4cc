import { PersonSchema, type SetAccountRequest } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { type Call, ownCompany, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { accountIdOf, accountKey, openAccount, setCredentials } from '../account/account.ts'
import { checkPassword, hashPassword } from '../account/password.ts'
import { givenAt } from '../grant/authority-of.ts'
import { expectHasAll } from '../grant/expect-covered.ts'
import { keyed } from '../keyed.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { lastingAssignments } from './assignments.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { endSessions } from './leave-person.ts'
import { nameAccount, type Person } from './person.ts'
import { personView } from './person-view.ts'
import { rolesOf } from './transfer.ts'

/** Who sets the password can sign in as the person: they need all that the person may do, today and as planned. */
const expectMayHold = async (tx: Tx, books: Books, call: Call, person: Person): Promise<void> => {
  const today = await todayIn(books, person.companyId, tx.at)
  const places = lastingAssignments(person.assignments, today)
  const given = await Promise.all(places.map((place) => givenAt(tx, books, person, place)))
  await expectHasAll(tx, books, { call, given: given.flat() })
}

/** Gives a person an account, or another name and password for it: whoever is signed in there has to sign in again. */
export const setAccount = async (
  books: Books,
  secret: Uint8Array,
  { personId, accountName, password }: SetAccountRequest,
  call: Call,
) => {
  checkPassword(password, accountName)
  const credentials = { accountName: accountKey(accountName), passwordHash: await hashPassword(password) }
  return books.store.answer(keyed(call, secret), PersonSchema, async (tx) => {
    const person = await tx.get(books.people, scopeOf(call), personId)
    await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
    await expectMayHold(tx, books, call, person)
    const named = tx.save(books.people, nameAccount(person, accountName))
    const account = await tx.find(books.accounts, ownCompany(call), accountIdOf(personId))
    await endSessions(tx, books, person)
    const { companyId } = person
    tx.save(
      books.accounts,
      account ? setCredentials(account, credentials, tx.at) : openAccount(personId, companyId, credentials),
    )
    return personView(named)
  })
}
