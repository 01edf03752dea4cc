import {
  type OfferPasswordSetupRequest,
  PersonSchema,
  type SetAccountRequest,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { conflict } from '@saleswright/kernel'
import { type Call, ownCompany, scopeOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { type Account, accountIdOf, renameAccount } from '../account/account.ts'
import { type AccountFacts, giveAccount, namingOf, offerPassword } from '../account/give-account.ts'
import { givenAsDeputy } from '../authority/deputy.ts'
import { givenAt } from '../grant/authority-of.ts'
import { expectHasAll } from '../grant/expect-covered.ts'
import type { Books } from '../repositories.ts'
import { todayIn } from '../today.ts'
import { lastingAssignments } from './assignments.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { expectThere, nameAccount, type Person } from './person.ts'
import { personView } from './person-view.ts'
import { rolesOf } from './transfer.ts'

/** Who chooses where the link goes could sign in as the person: they need all that the person may do, today and as planned. */
const expectMayHold = async (tx: Tx, books: Books, call: Call, person: Person): Promise<void> => {
  const today = await todayIn(books, person.companyId, tx.at)
  const places = lastingAssignments(person.assignments, today)
  const given = await Promise.all(places.map((place) => givenAt(tx, books, person, place)))
  const lent = await givenAsDeputy(tx, books, person)
  await expectHasAll(tx, books, { call, given: [...given.flat(), ...lent] })
}

const ownerOf = async (tx: Tx, books: Books, call: Call, personId: string): Promise<Person> => {
  const person = await tx.get(books.people, scopeOf(call), personId)
  await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
  await expectMayHold(tx, books, call, person)
  return person
}

/** Another name or address: whoever has the account is told at the address of before, and who has no password yet gets a new link. */
const renamed = (tx: Tx, books: Books, account: Account, facts: AccountFacts): void => {
  const decision = renameAccount(account, namingOf(books, account.personId, facts))
  if (decision.events.length === 0) return
  const next = tx.save(books.accounts, decision)
  if (next.passwordHash === undefined) offerPassword(tx, books, next)
  else books.post.tell(tx, account, 'account_changed')
}

/** Gives a person an account, or another name and address for it. The password is its owner's. */
export const setAccount = (books: Books, { personId, accountName, email }: SetAccountRequest, call: Call) =>
  books.store.answer(call, PersonSchema, async (tx) => {
    const person = await ownerOf(tx, books, call, personId)
    const named = tx.save(books.people, nameAccount(person, accountName))
    const account = await tx.find(books.accounts, ownCompany(call), accountIdOf(personId))
    if (account) renamed(tx, books, account, { accountName, email })
    else giveAccount(tx, books, person, { accountName, email })
    return personView(named)
  })

/** A new link to set the password, mailed to the owner alone. */
export const offerPasswordSetup = (books: Books, { personId }: OfferPasswordSetupRequest, call: Call) =>
  books.store.answer(call, PersonSchema, async (tx) => {
    const person = expectThere(await ownerOf(tx, books, call, personId))
    const account = await tx.find(books.accounts, ownCompany(call), accountIdOf(personId))
    if (!account) throw conflict('person_has_no_account')
    offerPassword(tx, books, account)
    return personView(person)
  })
