import type { Money } from '@saleswright/kernel'
import { exact } from '@saleswright/store'

/** Money inside a document of several currencies: minor units. */
export type StoredMoney = { readonly currency: string; readonly minor: number }

export const STORED_MONEY = { type: { currency: String, minor: Number, _id: false }, default: undefined }

export const moneyDocument = ({ currency, minor }: Money): StoredMoney => ({ currency, minor: exact(minor) })
export const moneyRecord = ({ currency, minor }: StoredMoney): Money => ({ currency, minor: BigInt(minor) })
