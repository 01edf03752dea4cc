import { exact } from '@saleswright/store'
import type { PaidShare } from './rating/tell.ts'
import type { Tier } from './rating/tiers.ts'

/** How tiers and shares lie in documents: whole numbers of the smallest unit, and of millionths. */
export type StoredTier = { readonly from: number; readonly rate: number }
export const storedTiers = (tiers: readonly Tier[]): readonly StoredTier[] =>
  tiers.map(({ from, rate }) => ({ from: exact(from), rate: exact(rate) }))
export const tiersFrom = (tiers: readonly StoredTier[]): readonly Tier[] =>
  tiers.map(({ from, rate }) => ({ from: BigInt(from), rate: BigInt(rate) }))

export type StoredShare = { readonly rate: number; readonly basis: number; readonly amount: number }
export const storedShares = (shares: readonly PaidShare[]): readonly StoredShare[] =>
  shares.map(({ rate, basis, amount }) => ({ rate: exact(rate), basis: exact(basis), amount: exact(amount) }))
export const sharesFrom = (shares: readonly StoredShare[]): readonly PaidShare[] =>
  shares.map(({ rate, basis, amount }) => ({ rate: BigInt(rate), basis: BigInt(basis), amount: BigInt(amount) }))
