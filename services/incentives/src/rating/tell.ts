import { byPlace, type Entry, rate } from './entries.ts'
import { exactly, rounded, type Share, type TiersOn } from './tiers.ts'

/** A share of a line, signed, with what it earns in the smallest unit. */
export type PaidShare = Share & { readonly amount: bigint }

/** What a change says of one allocation: basis, shares and amount are what they differ by from all that was told before. */
export type Told = {
  readonly allocationId: string
  readonly basis: bigint
  readonly shares: readonly PaidShare[]
  readonly amount: bigint
}

/** A new allocation, or with a basis below zero what is taken back of a known one. */
export type Change = Entry

const difference = (before: readonly Share[], after: readonly Share[]): readonly Share[] => {
  const rates = [...new Set([...before, ...after].map((share) => share.rate))].sort((a, b) => (a < b ? -1 : 1))
  const basisAt = (shares: readonly Share[], wanted: bigint): bigint =>
    shares.reduce((sum, share) => (share.rate === wanted ? sum + share.basis : sum), 0n)
  return rates
    .map((wanted) => ({ rate: wanted, basis: basisAt(after, wanted) - basisAt(before, wanted) }))
    .filter(({ basis }) => basis !== 0n)
}

const changed = (entries: readonly Entry[], change: Change): readonly Entry[] => {
  const known = entries.find(({ allocationId }) => allocationId === change.allocationId)
  const basis = (known?.basis ?? 0n) + change.basis
  if (known) return entries.map((entry) => (entry === known ? { ...entry, basis } : entry))
  return [...entries, change].toSorted(byPlace)
}

/**
 * The entries after a change and what is to be told: the changed allocation first, then those that it moved into other tiers. Amounts
 * are rounded along the sum of everything ever told of the period, so that they always add up to the rounded whole: no cent is
 * lost or made, and when nothing is left of the basis, nothing is left of the commission.
 */
export const tell = (
  entries: readonly Entry[],
  change: Change,
  tiersOn: TiersOn,
): { readonly next: readonly Entry[]; readonly told: readonly Told[] } => {
  const next = changed(entries, change)
  const [before, after] = [rate(entries, tiersOn), rate(next, tiersOn)]
  let sum = [...before.values()].reduce((total, shares) => total + exactly(shares), 0n)

  const pay = (share: Share): PaidShare => {
    const earlier = rounded(sum)
    sum += exactly([share])
    return { ...share, amount: rounded(sum) - earlier }
  }
  const toldOf = (allocationId: string): Told => {
    const shares = difference(before.get(allocationId) ?? [], after.get(allocationId) ?? []).map(pay)
    const amount = shares.reduce((total, share) => total + share.amount, 0n)
    return { allocationId, basis: allocationId === change.allocationId ? change.basis : 0n, shares, amount }
  }
  const others = next.map(({ allocationId }) => allocationId).filter((id) => id !== change.allocationId)
  const [first, ...moved] = [change.allocationId, ...others].map(toldOf)
  return { next, told: first ? [first, ...moved.filter(({ shares }) => shares.length > 0)] : [] }
}
