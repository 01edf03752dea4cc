import { wordOf } from '@saleswright/contracts'
import { PersonSchema, type PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { expectEtag, parseBusinessDate } from '@saleswright/kernel'
import { type Implementation, scopeOf } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import { attempt, type Performer, performerOf } from '../grant/grant-act.ts'
import type { Books } from '../repositories.ts'
import { createPerson, hiring } from './create-person.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { leavePerson } from './leave-person.ts'
import { personView, STATUSES } from './person-view.ts'
import { offerPasswordSetup, setAccount } from './set-account.ts'
import { settingRoles } from './set-person-roles.ts'
import { rolesOf, transferring } from './transfer.ts'

export const personActs = (books: Books): readonly Performer[] => [
  performerOf(hiring(books)),
  performerOf(transferring(books)),
  performerOf(settingRoles(books)),
]

export const personRpc = (books: Books): Implementation<typeof PersonService> => ({
  createPerson: (request, call) => createPerson(books, request, call),

  getPerson: async ({ personId }, call) => personView(await books.people.get(scopeOf(call), personId)),

  async listPeople(request, call) {
    const { orgUnitId, status, q } = request
    const filter = { unitId: orgUnitId, status: wordOf(STATUSES, status), ...searchFilter(q) }
    const page = await books.people.list(scopeOf(call), queryOf(request, filter))
    return { people: page.items.map(personView), ...pageFacts(page) }
  },

  transferPerson: (request, call) => attempt(books, transferring(books), request, call),

  leavePerson: (request, call) =>
    books.store.answer(call, PersonSchema, async (tx) => {
      const person = await tx.get(books.people, scopeOf(call), request.personId)
      expectEtag(person, request.etag)
      await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
      return personView(await leavePerson(tx, books, person, parseBusinessDate(request.on)))
    }),

  setPersonRoles: (request, call) => attempt(books, settingRoles(books), request, call),

  setAccount: (request, call) => setAccount(books, request, call),

  offerPasswordSetup: (request, call) => offerPasswordSetup(books, request, call),
})
