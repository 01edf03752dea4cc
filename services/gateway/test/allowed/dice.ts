import fc from 'fast-check'

/** Throws that come out the same for the same seed. */
export type Dice = {
  /** A whole number from zero up to, and without, a bound. */
  readonly below: (bound: number) => number
  /** True so many times in a hundred. */
  readonly often: (percent: number) => boolean
  readonly oneOf: <T>(list: readonly [T, ...T[]] | readonly T[]) => T
}

/** Mulberry32. */
export const diceOf = (seed: number): Dice => {
  let state = seed
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound)
  }
  return {
    below,
    often: (percent) => below(100) < percent,
    oneOf: (list) => {
      const chosen = list[below(list.length)]
      if (chosen === undefined) throw new Error('there is nothing to choose from')
      return chosen
    },
  }
}

// Patterns of the contract; a test of the contracts holds them to linear time.
// oxlint-disable-next-line security/detect-non-literal-regexp
const compiled = (pattern: string): RegExp => new RegExp(pattern, 'u')

export const matches = (text: string, pattern: string): boolean => compiled(pattern).test(text)

const SAMPLES = 200
const samples = new Map<string, readonly string[]>()

/** Texts that a pattern of the document matches. */
export const matching = (pattern: string, seed: number): readonly string[] => {
  const known = samples.get(pattern)
  if (known) return known
  const made = fc.sample(fc.stringMatching(compiled(pattern)), { seed, numRuns: SAMPLES })
  samples.set(pattern, made)
  return made
}
