import { type Actor, type BusinessDate, companyScope } from '@saleswright/kernel'
import { actorOf } from '@saleswright/rpc'
import type { Tx } from '@saleswright/store'
import { allows } from '../authority/authority-rule.ts'
import { ADMINISTRATOR_GRANTS } from '../permissions.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Assignment, Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { expectRoles } from '../role/expect-roles.ts'
import { grantsOn } from '../role/grants-of-person.ts'
import { grantsOf } from '../role/role.ts'
import { todayIn } from '../today.ts'
import type { Authority, Given } from './cover.ts'

const isAdministrator = ({ grants }: Pick<Actor, 'grants'>): boolean =>
  ADMINISTRATOR_GRANTS.every((grant) => grants.get(grant.split('@')[0] ?? '') === 'company')

/** Which cases somebody decides on a day, by the position held then. */
const decisionsOf = async (tx: Tx, books: Books, person: Person | undefined, date: BusinessDate) => {
  const place = person && assignmentOn(person.assignments, date)
  if (!place) return []
  const rules = await tx.findBy(books.authorityRules, companyScope(person.companyId), { positionId: place.positionId })
  return rules.filter((rule) => allows(rule, undefined, date))
}

/**
 * What a caller may do by themselves, and the cases that they decide. What somebody does as a deputy is in their token and not theirs to
 * pass on.
 */
export const authorityOfActor = async (tx: Tx, books: Books, actor: Actor, date: BusinessDate): Promise<Authority> => {
  const person = await tx.find(books.people, companyScope(actor.companyId), actor.id)
  const own = person && actor.kind === 'staff' ? await actorFor(tx, books, person, date) : actor
  return {
    grants: own.grants,
    unitId: own.unitId,
    decides: await decisionsOf(tx, books, person, date),
    administrator: isAdministrator(own),
  }
}

/** A person as a caller, with what they may do on a day. */
export const actorFor = async (tx: Tx, books: Books, person: Person, date: BusinessDate): Promise<Actor> =>
  actorOf({
    sub: person.id,
    kind: 'staff',
    companyId: person.companyId,
    unitId: assignmentOn(person.assignments, date)?.orgUnitId,
    grants: person.status === 'left' ? [] : await grantsOn(tx, books, person, date),
    sid: '',
  })

export const authorityOf = async (tx: Tx, books: Books, person: Person, date: BusinessDate): Promise<Authority> =>
  authorityOfActor(tx, books, await actorFor(tx, books, person, date), date)

type Placed = Pick<Assignment, 'orgUnitId' | 'positionId'>

/** What roles give: over the rows of a place, or to whoever comes to have them. */
export const givenBy = async (
  tx: Tx,
  books: Books,
  {
    companyId,
    roleIds,
    orgPath,
  }: { readonly companyId: string; readonly roleIds: readonly string[]; readonly orgPath?: readonly string[] },
): Promise<readonly Given[]> => {
  const roles = await expectRoles(tx, books, companyScope(companyId), roleIds)
  return grantsOf(roles, ADMINISTRATOR_GRANTS).map((grant) => ({ grant, orgPath }))
}

/** What somebody has at a place: by the position there, with the decisions that it brings, and by their own roles. */
export const givenAt = async (
  tx: Tx,
  books: Books,
  { companyId, roleIds }: Pick<Person, 'companyId' | 'roleIds'>,
  { orgUnitId, positionId }: Placed,
): Promise<readonly Given[]> => {
  const scope = companyScope(companyId)
  const [{ orgPath }, position, rules] = await Promise.all([
    tx.get(books.orgUnits, scope, orgUnitId),
    tx.get(books.positions, scope, positionId),
    tx.findBy(books.authorityRules, scope, { positionId }),
  ])
  const grants = await givenBy(tx, books, { companyId, roleIds: [...roleIds, ...position.roleIds], orgPath })
  const today = await todayIn(books, companyId, tx.at)
  const lasting = rules.filter(({ from, until }) => until === undefined || (until > today && until > from))
  return [...grants, ...lasting.map(({ class: decides, upTo }) => ({ decides, upTo }))]
}
