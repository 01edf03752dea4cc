import {
  PersonSchema,
  PersonService,
  type SetPersonRolesRequestSchema,
} from '@saleswright/contracts/saleswright/organization/v1/person_pb.ts'
import { expectEtag } from '@saleswright/kernel'
import { wholeCompany } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { rerouteUnroutable } from '../approval/reroute.ts'
import { givenAt } from '../grant/authority-of.ts'
import { expectCovered } from '../grant/expect-covered.ts'
import type { GrantAct } from '../grant/grant-act.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { todayIn } from '../today.ts'
import { lastingAssignments } from './assignments.ts'
import { expectAdministrator } from './last-administrator.ts'
import { type Person, setRoles } from './person.ts'
import { personView } from './person-view.ts'
import { renewTokens } from './transfer.ts'

/** The roles of a person count wherever they are placed, today and as planned. */
const givenEverywhere = async (tx: Tx, books: Books, person: Person) => {
  const today = await todayIn(books, person.companyId, tx.at)
  const places = lastingAssignments(person.assignments, today)
  return (await Promise.all(places.map((place) => givenAt(tx, books, person, place)))).flat()
}

export const settingRoles = (books: Books): GrantAct<typeof SetPersonRolesRequestSchema, typeof PersonSchema> => ({
  method: PersonService.method.setPersonRoles,
  answer: PersonSchema,
  subject: ({ personId }) => `people/${personId}`,
  async perform(tx, request, call) {
    const scope = wholeCompany(call)
    const person = await tx.get(books.people, scope, request.personId)
    expectEtag(person, request.etag)
    await expectRoles(tx, books, scope, request.roleIds)
    const decision = setRoles(person, request.roleIds)
    if (decision.events.length === 0) return personView(person)
    const added = decision.next.roleIds.filter((id) => !person.roleIds.includes(id))
    if (added.length > 0) {
      const given = await givenEverywhere(tx, books, decision.next)
      await expectCovered(tx, books, { call, given, receiver: person })
    }
    await renewTokens(tx, books, person, 'role_changed')
    const next = tx.save(books.people, decision)
    await expectAdministrator(tx, books, person)
    await rerouteUnroutable(tx, books, person.companyId)
    return personView(next)
  },
})
