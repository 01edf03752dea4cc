/** How much of something may be held at once, in all and by one holder. */
export type Limits = { readonly inAll: number; readonly each: number }

/** Gives back what was taken; a second time it does nothing. */
export type Release = () => void

export type Budget = {
  /** Takes an amount for a holder, or says whose limit it would pass. */
  readonly take: (holder: string, amount: number) => Release | 'each' | 'inAll'
  /** What is held now, in all. */
  readonly used: () => number
}

export const budget = ({ inAll, each }: Limits): Budget => {
  const held = new Map<string, number>()
  let used = 0
  const change = (holder: string, amount: number): void => {
    const next = (held.get(holder) ?? 0) + amount
    used += amount
    if (next > 0) held.set(holder, next)
    else held.delete(holder)
  }
  return {
    used: () => used,
    take: (holder, amount) => {
      if ((held.get(holder) ?? 0) + amount > each) return 'each'
      if (used + amount > inAll) return 'inAll'
      change(holder, amount)
      let isHeld = true
      return () => {
        if (isHeld) change(holder, -amount)
        isHeld = false
      }
    },
  }
}
