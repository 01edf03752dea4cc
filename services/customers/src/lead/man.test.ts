import { describe, expect, test } from 'vitest'
import { foundOut, judge } from './man.ts'

describe('R86-R92: what is there of money, authority and need decides where a lead goes', () => {
  test.each([
    ['R87', 'MAN', 'qualified', 'sell'],
    ['R88', 'MA', 'qualified', 'arouse_need'],
    ['R89', 'MN', 'qualified', 'find_decision_maker'],
    ['R90', 'AN', 'qualified', 'check_credit'],
    ['R91', 'M', 'nurturing', 'nurture'],
    ['R91', 'A', 'nurturing', 'nurture'],
    ['R91', 'N', 'nurturing', 'nurture'],
    ['R92', 'nothing', 'disqualified', 'stop'],
  ])('%s: with %s a lead is %s, and the next step is to %s', (_, has, status, nextStep) => {
    const man = { money: has.includes('M'), authority: has.includes('A'), need: has.includes('N') }
    expect(judge(man)).toEqual({ man, status, nextStep })
  })

  test.each([
    {},
    { money: true },
    { authority: false },
    { money: false, authority: false },
    { money: true, need: true },
  ])('R86: with %j the rest is unknown, and the next step is to ask', (man) => {
    expect(judge(man)).toEqual({ man, nextStep: 'ask' })
  })

  test('R86: an answer adds to those that are known, and a new one takes the place of an old one', () => {
    const known = foundOut({ money: true, need: false }, { need: true })
    expect(known).toEqual({ money: true, authority: undefined, need: true })
    expect(foundOut(known, { authority: false })).toEqual({ money: true, authority: false, need: true })
  })
})
