import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { allows } from '../authority/authority-rule.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { makersOf, type Need } from './approval.ts'
import { type Authorised, route } from './route.ts'

type Case = Need & { readonly companyId: string; readonly unitId?: string | undefined }

/** Those who hold a position with the authority on the day. For a case of old days it counts who held it then, gone or not. */
const authorisedFor = async (tx: Tx, books: Books, need: Case): Promise<readonly Authorised[]> => {
  const { companyId, amount, businessDate: date } = need
  const scope = companyScope(companyId)
  const rules = await tx.findBy(books.authorityRules, scope, { class: need.class })
  const positionIds = rules.filter((rule) => allows(rule, amount, date)).map(({ positionId }) => positionId)
  if (positionIds.length === 0) return []
  const people = await tx.findBy(books.people, scope, { 'assignments.positionId': { $in: positionIds } })
  const mayDecide = ({ status }: Person) => status === 'active' || need.recordedFor !== undefined
  return people.filter(mayDecide).flatMap(({ id, assignments }) => {
    const place = assignmentOn(assignments, date)
    return place && positionIds.includes(place.positionId) ? [{ personId: id, unitId: place.orgUnitId }] : []
  })
}

/** The superiors of a person on a day, nearest first; a ring of them ends where it begins again. */
const superiorsOf = async (
  tx: Tx,
  books: Books,
  person: Person | undefined,
  date: BusinessDate,
): Promise<readonly string[]> => {
  const line: string[] = []
  let below = person
  while (below) {
    const managerId = assignmentOn(below.assignments, date)?.managerId
    if (managerId === undefined || managerId === person?.id || line.includes(managerId)) return line
    line.push(managerId)
    below = await tx.find(books.people, companyScope(below.companyId), managerId)
  }
  return line
}

/** Who may decide a case; nobody where it is unroutable. */
export const approversFor = async (tx: Tx, books: Books, need: Case): Promise<readonly string[]> => {
  const scope = companyScope(need.companyId)
  const doer = await tx.find(books.people, scope, need.recordedFor ?? need.requesterId)
  const place = doer && assignmentOn(doer.assignments, need.businessDate)
  const unit = await tx.find(books.orgUnits, scope, place?.orgUnitId ?? need.unitId ?? '')
  const superiors = await superiorsOf(tx, books, doer, need.businessDate)
  const units = unit?.orgPath.toReversed() ?? []
  return route({ makers: makersOf(need), superiors, units }, await authorisedFor(tx, books, need))
}
