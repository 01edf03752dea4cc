import type { Judgement, Man, NextStep } from './lead.ts'

type Verdict = Required<Omit<Judgement, 'man'>>

const qualified = (nextStep: NextStep): Verdict => ({ status: 'qualified', nextStep })
const NURTURE: Verdict = { status: 'nurturing', nextStep: 'nurture' }

// By what is there of money, authority, need. With two of three the missing one is what to work on; with one, time (R87 to R92).
const GRID = {
  MAN: qualified('sell'),
  MA: qualified('arouse_need'),
  MN: qualified('find_decision_maker'),
  AN: qualified('check_credit'),
  M: NURTURE,
  A: NURTURE,
  N: NURTURE,
  '': { status: 'disqualified', nextStep: 'stop' },
} as const satisfies Record<string, Verdict>

/** What is known after more was found out. */
export const foundOut = (known: Man | undefined, told: Man): Man => ({
  money: told.money ?? known?.money,
  authority: told.authority ?? known?.authority,
  need: told.need ?? known?.need,
})

/** The grid decides when all three are known; until then there is something to ask. */
export const judge = (man: Man): Judgement => {
  const { money, authority, need } = man
  if (money === undefined || authority === undefined || need === undefined) return { man, nextStep: 'ask' }
  return { man, ...GRID[`${money ? 'M' : ''}${authority ? 'A' : ''}${need ? 'N' : ''}`] }
}
