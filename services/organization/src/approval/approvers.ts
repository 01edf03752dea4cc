import { type BusinessDate, companyScope } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { allows, classesServing } from '../authority/authority-rule.ts'
import { grantApproversFor } from '../grant/grant-approvers.ts'
import { GRANT } from '../grant/grant-snapshot.ts'
import { assignmentOn } from '../person/assignments.ts'
import type { Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import { type Approval, interestedInCase, type Need, type Seats } from './approval.ts'
import { type Authorised, route } from './route.ts'

type Case = Need & {
  readonly companyId: string
  readonly unitId?: string | undefined
  readonly signers?: readonly { readonly personId: string }[] | undefined
}

/** Those who hold a position with the authority on the day. For a case of old days it counts who held it then, gone or not. */
const authorisedFor = async (tx: Tx, books: Books, need: Case): Promise<readonly Authorised[]> => {
  const { companyId, amount, businessDate: date } = need
  const scope = companyScope(companyId)
  const rules = await tx.findBy(books.authorityRules, scope, { class: { $in: classesServing(need.class) } })
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

/** Who may decide a case; nobody where it is unroutable. A signer of it does not decide it too: the signature is a second person's. */
export const approversFor = async (tx: Tx, books: Books, need: Case): Promise<readonly string[]> => {
  const excluded = [...interestedInCase(need), ...(need.signers ?? []).map(({ personId }) => personId)]
  if (need.class === GRANT) return grantApproversFor(tx, books, need, excluded)
  const scope = companyScope(need.companyId)
  const doer = await tx.find(books.people, scope, need.recordedFor ?? need.requesterId)
  const place = doer && assignmentOn(doer.assignments, need.businessDate)
  const unit = await tx.find(books.orgUnits, scope, place?.orgUnitId ?? need.unitId ?? '')
  const superiors = await superiorsOf(tx, books, doer, need.businessDate)
  const units = unit?.orgPath.toReversed() ?? []
  return route({ excluded, superiors, units }, await authorisedFor(tx, books, need))
}

/**
 * Who decides a case that is open, and who signs it beside them. Where nobody but signers has the authority, they decide it and sign it
 * no more: otherwise it would wait for ever.
 */
export const seatsFor = async (tx: Tx, books: Books, approval: Approval): Promise<Seats> => {
  const { signers } = approval
  const beside = await approversFor(tx, books, approval)
  if (beside.length > 0 || signers.length === 0) return { approverIds: beside, signers }
  const approverIds = await approversFor(tx, books, { ...approval, signers: [] })
  return { approverIds, signers: signers.filter(({ personId }) => !approverIds.includes(personId)) }
}
