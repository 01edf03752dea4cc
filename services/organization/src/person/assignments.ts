import { type BusinessDate, conflict, covers, type DateSpan, invalid } from '@saleswright/kernel'
import type { Assignment } from './person.ts'

export const assignmentOn = (assignments: readonly Assignment[], date: BusinessDate): Assignment | undefined =>
  assignments.find((span) => covers(span, date))

/** The assignment of a day, or else the next one to come, or else the last there was: where somebody belongs. */
export const homeOn = (assignments: readonly Assignment[], date: BusinessDate): Assignment | undefined =>
  assignmentOn(assignments, date) ?? assignments.find(({ from }) => from > date) ?? assignments.at(-1)

/** Those that hold on a day or will. */
export const lastingAssignments = (assignments: readonly Assignment[], date: BusinessDate): readonly Assignment[] =>
  assignments.filter(({ until }) => until === undefined || until > date)

export const overlaps = (left: DateSpan, right: DateSpan): boolean =>
  (left.until === undefined || right.from < left.until) && (right.until === undefined || left.from < right.until)

/** Refuses a span that ends before it begins. */
export const checkedSpan = <T extends DateSpan>(span: T): T => {
  if (span.until !== undefined && span.until <= span.from) {
    throw invalid('span_is_empty', { from: span.from, until: span.until })
  }
  return span
}

const endedBy = (span: Assignment, day: BusinessDate): Assignment =>
  span.from < day && (span.until === undefined || span.until > day) ? { ...span, until: day } : span

/**
 * The assignment in force on the first day of the next one ends there, or is replaced when it began that very day. Those before stay
 * as they are: what happened in their days belongs to them. One that is planned for later must not be touched.
 */
export const transferred = (assignments: readonly Assignment[], next: Assignment): readonly Assignment[] => {
  checkedSpan(next)
  const kept = assignments.filter(({ from }) => from !== next.from).map((span) => endedBy(span, next.from))
  if (kept.some((span) => overlaps(span, next))) throw conflict('assignment_overlaps', { from: next.from })
  return [...kept, next].toSorted((left, right) => (left.from < right.from ? -1 : 1))
}

/** Nothing reaches beyond the first day away. */
export const endedOn = (assignments: readonly Assignment[], day: BusinessDate): readonly Assignment[] =>
  assignments.filter(({ from }) => from < day).map((span) => endedBy(span, day))
