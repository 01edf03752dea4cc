import { addDays, type BusinessDate, companyScope, expectMigration, invalid } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { accountIdOf, closeAccount } from '../account/account.ts'
import { rerouteCasesOf } from '../approval/reroute.ts'
import { renewDeputies } from '../authority/deputy.ts'
import type { Books } from '../repositories.ts'
import { end } from '../session/session.ts'
import { todayIn } from '../today.ts'
import { endedOn } from './assignments.ts'
import { expectAdministrator } from './last-administrator.ts'
import { leave, type Person } from './person.ts'

type Owner = { readonly companyId: string; readonly personId: string }

/** Ends every session of a person; tokens that are about are a matter of the account. */
export const endSessions = async (tx: Tx, { sessions }: Books, { companyId, personId }: Owner): Promise<void> => {
  const open = await tx.findBy(sessions, companyScope(companyId), { personId, endedAt: { $exists: false } })
  for (const session of open) tx.put(sessions, end(session, tx.at))
}

/** How late a leave may be entered without a migration (decisions 13): a mistyped year would end everything. */
const LATE_DAYS = 3

/** Somebody has gone: no assignment reaches beyond that day, no session and no token is good, and cases go to others. Told again, it is so already. */
export const leavePerson = async (tx: Tx, books: Books, person: Person, on: BusinessDate): Promise<Person> => {
  if (person.status === 'left' && person.assignments.at(-1)?.until === on) return person
  const today = await todayIn(books, person.companyId, tx.at)
  if (on > today) throw invalid('business_date_in_future', { date: on, today })
  const [first] = person.assignments
  if (first && on < first.from) throw invalid('span_is_empty', { from: first.from, until: on })
  if (on < addDays(today, -LATE_DAYS)) expectMigration(tx.cause.actor)
  const account = await tx.find(books.accounts, companyScope(person.companyId), accountIdOf(person.id))
  await endSessions(tx, books, { companyId: person.companyId, personId: person.id })
  const left = tx.save(books.people, leave(person, endedOn(person.assignments, on)))
  if (account) tx.save(books.accounts, closeAccount(account, tx.at))
  await renewDeputies(tx, books, { companyId: person.companyId, personIds: [person.id] }, 'person_left')
  await expectAdministrator(tx, books, person)
  await rerouteCasesOf(tx, books, left)
  return left
}
