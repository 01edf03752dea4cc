import { companyScope, conflict, covers, type DateSpan } from '@saleswright/kernel'
import type { Tx } from '@saleswright/store'
import { takeTurn } from '../guard.ts'
import type { Books } from '../repositories.ts'
import { overlaps } from './assignments.ts'
import type { Assignment, Person } from './person.ts'

/** How many of the spans meet on the busiest day of another one. */
export const mostAtOnce = (spans: readonly DateSpan[], within: DateSpan): number => {
  const meeting = spans.filter((span) => overlaps(span, within))
  const days = [within.from, ...meeting.map(({ from }) => from).filter((day) => covers(within, day))]
  return Math.max(...days.map((day) => meeting.filter((span) => covers(span, day)).length))
}

/** `position_full` when the position has no seat left on some day of the assignment (R1, R10). */
export const takeSeat = async (
  tx: Tx,
  books: Books,
  person: Pick<Person, 'id' | 'companyId'>,
  assignment: Assignment,
): Promise<void> => {
  const scope = companyScope(person.companyId)
  const { id, headcount, title } = await tx.get(books.positions, scope, assignment.positionId)
  if (headcount === undefined) return
  await takeTurn(tx, books.guards, person.companyId, `position/${id}`)
  const holders = await tx.findBy(books.people, scope, { 'assignments.positionId': id })
  const spans = holders
    .filter((holder) => holder.id !== person.id)
    .flatMap(({ assignments }) => assignments.filter(({ positionId }) => positionId === id))
  if (mostAtOnce(spans, assignment) >= headcount)
    throw conflict('position_full', { title, headcount: String(headcount) })
}
