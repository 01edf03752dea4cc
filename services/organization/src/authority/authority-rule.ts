import { create } from '@bufbuild/protobuf'
import { moneyMessage } from '@saleswright/contracts'
import { AuthorityRuleChangedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import {
  type Aggregate,
  type BusinessDate,
  covers,
  type DateSpan,
  type Decision,
  type ExternalRef,
  invalid,
  type Money,
} from '@saleswright/kernel'
import { expectEarlierEnd } from './earlier-end.ts'

/** A position that decides cases of a class up to an amount, from day to day (R19, R162 to R164, R240). */
export type AuthorityRule = Aggregate &
  DateSpan & {
    /** "price_under_rep_floor", "credit_limit". */
    readonly class: string
    readonly positionId: string
    /** Up to and including; absent means without limit. */
    readonly upTo?: Money | undefined
    readonly externalRef?: ExternalRef | undefined
  }

export type RuleFacts = Pick<AuthorityRule, 'class' | 'positionId' | 'upTo' | 'from' | 'until' | 'externalRef'>

const told = (next: AuthorityRule): Decision<AuthorityRule> => ({
  next,
  events: [
    create(AuthorityRuleChangedSchema, {
      authorityRuleId: next.id,
      class: next.class,
      positionId: next.positionId,
      from: next.from,
      ...(next.upTo && { upTo: moneyMessage(next.upTo) }),
      ...(next.until !== undefined && { until: next.until }),
    }),
  ],
})

const checkSpan = ({ from, until }: DateSpan): void => {
  if (until !== undefined && until <= from) throw invalid('span_is_empty', { from, until })
}

export const grant = (id: string, companyId: string, facts: RuleFacts): Decision<AuthorityRule> => {
  checkSpan(facts)
  return told({ id, companyId, version: 0, ...facts })
}

/** `until` is the first day on which it is no longer valid; ended on its first day, it never was. */
export const endRule = (rule: AuthorityRule, until: BusinessDate): Decision<AuthorityRule> => {
  expectEarlierEnd(rule, until)
  return rule.until === until ? { next: rule, events: [] } : told({ ...rule, until })
}

/** Whether a rule lets its position decide about an amount on a day. A limit in another currency allows nothing. */
export const allows = (rule: AuthorityRule, amount: Money | undefined, date: BusinessDate): boolean => {
  if (!covers(rule, date)) return false
  if (!rule.upTo || !amount) return true
  return rule.upTo.currency === amount.currency && amount.minor <= rule.upTo.minor
}

/** Classes about the same matter, mildest first: the authority for one of them covers those before it (decision 45). */
const LADDERS: readonly (readonly string[])[] = [
  ['price_above_list', 'price_under_rep_floor', 'price_under_manager_floor'],
]

const ladderOf = (name: string): readonly string[] => LADDERS.find((classes) => classes.includes(name)) ?? [name]

/** The classes whose rules count for a case: its own and the stricter ones. */
export const classesServing = (name: string): readonly string[] => ladderOf(name).slice(ladderOf(name).indexOf(name))

/** The classes of the cases that a rule counts for: its own and the milder ones. */
export const classesServedBy = (name: string): readonly string[] =>
  ladderOf(name).slice(0, ladderOf(name).indexOf(name) + 1)
