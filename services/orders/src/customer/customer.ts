import { type Aggregate, type BusinessDate, covers, type DateSpan, type Money } from '@saleswright/kernel'

/** What orders remembers of a customer file, which belongs to `customers`: its copy, kept by events. */
export type Customer = Aggregate & {
  readonly ownerId: string
  /** Whether it is a channel partner (经销商, 代理商, 零售商). */
  readonly inChannel: boolean
  readonly credit?: DateSpan & { readonly limit: Money }
  /** Whether it is a store (零售商), which never pays more than the list says. */
  readonly isStore: boolean
  readonly agreements: readonly Agreement[]
  /** The version of the file that this was told of. */
  readonly seen: number
}

/** With a channel partner: dated, and never two on a day. */
export type Agreement = DateSpan & { readonly intake: 'sales_confirms' | 'automatic' }

/** Decision 47: without an active one the partner's programs cannot order. */
export const agreementOn = ({ agreements }: Customer, date: BusinessDate): Agreement | undefined =>
  agreements.find((agreement) => covers(agreement, date))

/** R240: the approved limit on a day, where there is one. Prepaying is the rule (R222), credit the exception. */
export const creditOn = ({ credit }: Customer, date: BusinessDate): Money | undefined =>
  credit && covers(credit, date) ? credit.limit : undefined
