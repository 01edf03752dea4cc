import type { Aggregate, Money } from '@saleswright/kernel'

/** An amount in the smallest unit of its currency, as a whole number that the store can add up. */
export type StoredMoney = { readonly currency: string; readonly minor: number }

export const storedMoney = (money: Money | undefined): StoredMoney | undefined =>
  money && { currency: money.currency, minor: Number(money.minor) }

export const moneyFrom = (stored: StoredMoney | undefined): Money | undefined =>
  stored && { currency: stored.currency, minor: BigInt(stored.minor) }

export const moneyField = { type: { _id: false, currency: String, minor: Number }, required: false }

const STORES_OWN: ReadonlySet<string> = new Set([
  'id',
  '_id',
  'version',
  'schema',
  'chain',
  'companyId',
  'ownerId',
  'unitId',
  'orgPath',
  'partnerId',
])

type Own<T> = Omit<T, keyof Aggregate | '_id' | 'schema' | 'chain'>

/** The fields that a mapping speaks of: all but those that the store keeps by itself. */
export const ownFields = <T extends object>(of: T): Own<T> =>
  Object.fromEntries(Object.entries(of).filter(([field]) => !STORES_OWN.has(field))) as Own<T>
