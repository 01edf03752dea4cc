import { wordOf } from '@saleswright/contracts'
import { PersonSchema, type PersonService } from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { expectEtag, parseBusinessDate } from '@saleswright/kernel'
import { type Implementation, scopeOf, wholeCompany } from '@saleswright/rpc'
import { pageFacts, queryOf, searchFilter } from '@saleswright/store'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { createPerson } from './create-person.ts'
import { expectOrdinary } from './expect-ordinary.ts'
import { leavePerson } from './leave-person.ts'
import { setRoles } from './person.ts'
import { personView, readAssignment, STATUSES } from './person-view.ts'
import { setAccount } from './set-account.ts'
import { renewTokens, rolesOf, transfer } from './transfer.ts'

export const personRpc = (books: Books, secret: Uint8Array): Implementation<typeof PersonService> => ({
  createPerson: (request, call) => createPerson(books, secret, request, call),

  getPerson: async ({ personId }, call) => personView(await books.people.get(scopeOf(call), personId)),

  async listPeople(request, call) {
    const { orgUnitId, status, q } = request
    const filter = { unitId: orgUnitId, status: wordOf(STATUSES, status), ...searchFilter(q) }
    const page = await books.people.list(scopeOf(call), queryOf(request, filter))
    return { people: page.items.map(personView), ...pageFacts(page) }
  },

  transferPerson(request, call) {
    const assignment = readAssignment(request.assignment)
    return books.store.answer(call, PersonSchema, async (tx) => {
      const person = await tx.get(books.people, scopeOf(call), request.personId)
      expectEtag(person, request.etag)
      return personView(await transfer(tx, books, { call, person }, assignment))
    })
  },

  leavePerson: (request, call) =>
    books.store.answer(call, PersonSchema, async (tx) => {
      const person = await tx.get(books.people, scopeOf(call), request.personId)
      expectEtag(person, request.etag)
      await expectOrdinary(tx, books, call, await rolesOf(tx, books, person))
      return personView(await leavePerson(tx, books, person, parseBusinessDate(request.on)))
    }),

  setPersonRoles(request, call) {
    const scope = wholeCompany(call)
    return books.store.answer(call, PersonSchema, async (tx) => {
      const person = await tx.get(books.people, scope, request.personId)
      expectEtag(person, request.etag)
      await expectRoles(tx, books, scope, request.roleIds)
      const decision = setRoles(person, request.roleIds)
      if (decision.events.length > 0) await renewTokens(tx, books, person, 'role_changed')
      return personView(tx.save(books.people, decision))
    })
  },

  setAccount: (request, call) => setAccount(books, secret, request, call),
})
