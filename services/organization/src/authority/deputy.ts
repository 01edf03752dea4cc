import { type BusinessDate, companyScope, conflict, covers, forbidden } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { accountIdOf, revokeAll } from '../account/account.ts'
import { givenAt } from '../grant/authority-of.ts'
import type { Given } from '../grant/cover.ts'
import { assignmentOn, lastingAssignments } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { grantsOn, READ_DIRECTLY } from '../role/grants-of-person.ts'
import { todayIn } from '../today.ts'

/** What of the organisation belongs to running a department from day to day; all other rights over it stay with their owner. */
const GOES_ALONG = new Set(['organization.read', 'organization.approvals.read', 'organization.approvals.decide'])
const STAYS = new Set(['migration', 'session'])

/** Whether a deputy may do it in the stead of who has it. */
const isLentToDeputy = (grant: string): boolean => {
  const permission = grant.split('@')[0] ?? ''
  return GOES_ALONG.has(permission) || !(permission.startsWith('organization.') || STAYS.has(permission))
}

/** Reaches are counted from the unit of who acts: only where both sit in one unit are the rows the same. */
const sitTogether = (one: Person, other: Person, date: BusinessDate): boolean => {
  const unitId = assignmentOn(one.assignments, date)?.orgUnitId
  return unitId !== undefined && unitId === assignmentOn(other.assignments, date)?.orgUnitId
}

type Appointment = {
  readonly giver: Person
  readonly receiver: Person
  readonly callerId: string
  readonly from: BusinessDate
}

/** Everybody appoints their own deputy: what the other gets later is lent too, and only its owner may lend that. */
export const expectDeputy = ({ giver, receiver, callerId, from }: Appointment): void => {
  if (giver.id !== callerId) throw forbidden('deputy_of_another')
  if (!sitTogether(giver, receiver, from)) throw conflict('deputy_elsewhere')
}

/** What somebody may do today because they stand in for others (R18): of those what they have themselves, and nothing that was lent to them. */
export const grantsAsDeputy = async (books: Books, deputy: Person, today: BusinessDate): Promise<readonly string[]> => {
  const scope = companyScope(deputy.companyId)
  const received = await books.delegations.findBy(scope, { toPersonId: deputy.id, deputizes: true })
  const ids = received.filter((delegation) => covers(delegation, today)).map(({ fromPersonId }) => fromPersonId)
  if (ids.length === 0) return []
  const givers = await books.people.findBy(scope, { _id: { $in: [...new Set(ids)] }, status: 'active' })
  const near = givers.filter((giver) => sitTogether(giver, deputy, today))
  const grants = await Promise.all(near.map((giver) => grantsOn(READ_DIRECTLY, books, giver, today)))
  return grants.flat().filter(isLentToDeputy)
}

/** What comes with the account of a deputy, today and as planned. */
export const givenAsDeputy = async (tx: Tx, books: Books, deputy: Person): Promise<readonly Given[]> => {
  const scope = companyScope(deputy.companyId)
  const today = await todayIn(books, deputy.companyId, tx.at)
  const lasting = { toPersonId: deputy.id, deputizes: true, until: { $gt: today } }
  const ids = (await tx.findBy(books.delegations, scope, lasting)).map(({ fromPersonId }) => fromPersonId)
  if (ids.length === 0) return []
  const givers = await tx.findBy(books.people, scope, { _id: { $in: [...new Set(ids)] }, status: 'active' })
  const places = givers.flatMap((giver) =>
    lastingAssignments(giver.assignments, today).map((place) => givenAt(tx, books, giver, place)),
  )
  return (await Promise.all(places)).flat().filter((one) => !('grant' in one) || isLentToDeputy(one.grant))
}

/** What these people may do has changed, and with it what their deputies may. */
export const renewDeputies = async (
  tx: Tx,
  books: Books,
  { companyId, personIds }: { readonly companyId: string; readonly personIds: readonly string[] },
  reason: string,
): Promise<void> => {
  const scope = companyScope(companyId)
  const today = await todayIn(books, companyId, tx.at)
  const lent = await tx.findBy(books.delegations, scope, { fromPersonId: { $in: personIds }, deputizes: true })
  const ids = lent.filter((delegation) => covers(delegation, today)).map(({ toPersonId }) => accountIdOf(toPersonId))
  for (const account of await tx.findBy(books.accounts, scope, { _id: { $in: [...new Set(ids)] } })) {
    tx.save(books.accounts, revokeAll(account, reason, tx.at))
  }
}
