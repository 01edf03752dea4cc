/** Money, authority, need: who can pay, may decide and needs it is a prospect (R86). */
export type Man = { readonly money: boolean; readonly authority: boolean; readonly need: boolean }

export type NextStep = 'sell' | 'arouse_need' | 'find_decision_maker' | 'check_credit' | 'nurture' | 'stop'
type Verdict = { readonly status: 'qualified' | 'nurturing' | 'disqualified'; readonly nextStep: NextStep }

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

export const judge = ({ money, authority, need }: Man): Verdict =>
  GRID[`${money ? 'M' : ''}${authority ? 'A' : ''}${need ? 'N' : ''}`]
