import { companyScope, conflict, covers, type DateSpan } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { takeTurn } from '../guard.ts'
import { overlaps } from '../person/assignments.ts'
import type { Assignment, Person } from '../person/person.ts'
import type { Books } from '../repositories.ts'
import type { HeadcountPlan } from './headcount-plan.ts'

/** How many of the spans meet on the busiest day of another one. */
export const mostAtOnce = (spans: readonly DateSpan[], within: DateSpan): number => {
  const meeting = spans.filter((span) => overlaps(span, within))
  const days = [within.from, ...meeting.map(({ from }) => from).filter((day) => covers(within, day))]
  return Math.max(...days.map((day) => meeting.filter((span) => covers(span, day)).length))
}

/** The assignments that count for a plan, each with whose it is. */
export const countedFor = async (
  tx: Pick<Tx, 'findBy'>,
  books: Pick<Books, 'orgUnits' | 'people'>,
  { companyId, orgUnitId, positionId }: HeadcountPlan,
): Promise<readonly (Assignment & { readonly personId: string })[]> => {
  const scope = companyScope(companyId)
  const unitIds = (await tx.findBy(books.orgUnits, scope, { orgPath: orgUnitId })).map(({ id }) => id)
  const people = await tx.findBy(books.people, scope, { 'assignments.orgUnitId': { $in: unitIds } })
  return people.flatMap(({ id, assignments }) =>
    assignments
      .filter((span) => unitIds.includes(span.orgUnitId) && (positionId ?? span.positionId) === span.positionId)
      .map((span) => ({ ...span, personId: id })),
  )
}

/** `position_full` when a plan of the unit, or of one above it, has no seat left on some day of the assignment (R1, R2, R10). */
export const takeSeat = async (
  tx: Tx,
  books: Books,
  person: Pick<Person, 'id' | 'companyId'>,
  assignment: Assignment,
): Promise<void> => {
  const { companyId } = person
  const scope = companyScope(companyId)
  const { orgPath } = await tx.get(books.orgUnits, scope, assignment.orgUnitId)
  const plans = await tx.findBy(books.headcountPlans, scope, { orgUnitId: { $in: orgPath } })
  for (const plan of plans) {
    if ((plan.positionId ?? assignment.positionId) !== assignment.positionId) continue
    await takeTurn(tx, books.guards, companyId, `headcount/${plan.id}`)
    const others = (await countedFor(tx, books, plan)).filter(({ personId }) => personId !== person.id)
    if (mostAtOnce(others, assignment) >= plan.planned) throw await refusalBy(tx, books, plan)
  }
}

const refusalBy = async (tx: Tx, books: Books, { companyId, orgUnitId, positionId, planned }: HeadcountPlan) => {
  const scope = companyScope(companyId)
  const unit = (await tx.get(books.orgUnits, scope, orgUnitId)).name
  const headcount = String(planned)
  if (positionId === undefined) return conflict('unit_full', { unit, headcount })
  return conflict('position_full', { unit, title: (await tx.get(books.positions, scope, positionId)).title, headcount })
}
