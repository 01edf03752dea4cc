import type { Random } from './random.ts'

/** What a bus may do that it must not, and how often in a thousand occasions. */
const RATES = {
  /** It refuses for once: before it has what it is given, or after it has it. */
  refused: 100,
  unanswered: 100,
  /** It forgets the end of a partition that it had acknowledged, and gives the offsets to what comes next. */
  forgotten: 150,
  duplicated: 60,
  /** Two messages of different keys lie in the wrong order. */
  reordered: 120,
  /** A reader gets what it had long ago, or what it is not yet to have. */
  rewound: 60,
  skipped: 60,
  /** A partition says nothing for a while. */
  paused: 60,
  /** A reader is thrown out of its group. */
  thrownOut: 15,
} as const satisfies Readonly<Record<string, number>>

type Lie = keyof typeof RATES

export type Lies = {
  readonly tells: (lie: Lie) => boolean
  readonly random: Random
  readonly told: () => Readonly<Record<Lie, number>>
  readonly switchTo: (lying: boolean) => void
}

export const liesFrom = (random: Random): Lies => {
  const told = Object.fromEntries(Object.keys(RATES).map((lie) => [lie, 0])) as Record<Lie, number>
  let lying = false
  return {
    random,
    told: () => ({ ...told }),
    switchTo(on) {
      lying = on
    },
    tells(lie) {
      if (!lying || random(1_000) >= RATES[lie]) return false
      told[lie]++
      return true
    },
  }
}
