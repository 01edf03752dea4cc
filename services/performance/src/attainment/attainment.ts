import { divideHalfEven, formatScaled } from '@saleswright/kernel'

const DECIMALS = 4
const SCALE = 10_000n

/** How far a target is reached, in the smallest unit. Without a target there is neither a rate nor a gap. */
export type Attainment = {
  readonly reached: bigint
  readonly target?: bigint
  /** reached ÷ target with four decimals, "0.9231". */
  readonly rate?: string
  /** R349: what is still missing, zero when nothing is. */
  readonly gap?: bigint
}

export const attainmentOf = (reached: bigint, target: bigint | undefined): Attainment => {
  if (target === undefined || target <= 0n) return { reached }
  return {
    reached,
    target,
    rate: formatScaled(divideHalfEven(reached * SCALE, target), DECIMALS),
    gap: reached < target ? target - reached : 0n,
  }
}
