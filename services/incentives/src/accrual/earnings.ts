import { type Aggregate, derivedId, type Period } from '@saleswright/kernel'
import type { Entry } from '../rating/entries.ts'

/** What a person collected in a period: from it alone, and the plans, follows what every payment of the period earns. */
export type Earnings = Aggregate & {
  readonly ownerId: string
  readonly period: Period
  readonly currency: string
  /** In their order. */
  readonly entries: readonly Entry[]
}

type Key = Pick<Earnings, 'companyId' | 'ownerId' | 'period' | 'currency'>

export const earningsId = ({ companyId, ownerId, period, currency }: Key): string =>
  derivedId('earnings', companyId, ownerId, period, currency)

export const newEarnings = (key: Key): Earnings => ({ ...key, id: earningsId(key), version: 0, entries: [] })
