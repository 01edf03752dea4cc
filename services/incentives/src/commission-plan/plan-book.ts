import { type Aggregate, type BusinessDate, conflict, covers, derivedId, type PeriodKind } from '@saleswright/kernel'
import type { Tier } from '../rating/tiers.ts'

/** A plan in force: what payments are rated by. `from` is in it, `until` is not. */
export type Term = {
  readonly planId: string
  readonly currency: string
  readonly periodicity: PeriodKind
  readonly tiers: readonly Tier[]
  readonly from: BusinessDate
  readonly until?: BusinessDate | undefined
}

/** The plans of a company that ever were in force. For a currency and a day there is at most one. */
export type PlanBook = Aggregate & {
  readonly terms: readonly Term[]
  /** How many payments were put off for want of a plan. Counting them here makes them meet a plan that comes at the same moment. */
  readonly putOff: number
}

export const bookId = (companyId: string): string => derivedId('plan-book', companyId)
export const newBook = (companyId: string): PlanBook => ({
  id: bookId(companyId),
  version: 0,
  companyId,
  terms: [],
  putOff: 0,
})

const holds = ({ from, until }: Term, on: BusinessDate): boolean =>
  covers(until === undefined ? { from } : { from, until }, on)

/** The plan in force for a currency on a day. */
export const termOn = ({ terms }: Pick<PlanBook, 'terms'>, currency: string, on: BusinessDate): Term | undefined =>
  terms.find((term) => term.currency === currency && holds(term, on))

/**
 * How a plan finds its place: it ends the one in force on its first day, and ends itself where the next one begins. Days that have
 * passed under a plan keep it, so what was told of them stays true; days without any may get one at any time.
 */
export const fit = (
  { terms }: Pick<PlanBook, 'terms'>,
  plan: Omit<Term, 'until'>,
  today: BusinessDate,
): { readonly terms: readonly Term[]; readonly added: Term; readonly ended?: Term } => {
  const current = termOn({ terms }, plan.currency, plan.from)
  if (current && (current.from === plan.from || plan.from <= today)) {
    throw conflict('commission_plan_overlaps', { id: current.planId, from: current.from, today })
  }
  const later = terms.filter(({ currency, from }) => currency === plan.currency && from > plan.from)
  const added = { ...plan, until: current ? current.until : later.map(({ from }) => from).toSorted()[0] }
  if (!current) return { terms: [...terms, added], added }
  const ended = { ...current, until: plan.from }
  return { terms: [...terms.filter((term) => term !== current), ended, added], added, ended }
}
