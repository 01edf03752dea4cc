import { expect, test } from 'vitest'
import { creditCodeIn } from './credit-code.ts'

const SOUND = ['91350100M000100Y43', '91330100799655058B', '914403001922038216', '9144030071526726XG']

test.each(SOUND)('%s is a credit code', (code) => {
  expect(creditCodeIn(code)).toBe(code)
})

test.each(SOUND)('%s is none with one character changed, or two neighbours exchanged', (code) => {
  for (const [index, character] of Array.from(code).entries()) {
    const other = character === '7' ? '8' : '7'
    const changed = code.slice(0, index) + other + code.slice(index + 1)
    expect(() => creditCodeIn(changed)).toThrow('credit_code_invalid')
    const next = code[index + 1]
    if (next === undefined || next === character) continue
    expect(() => creditCodeIn(code.slice(0, index) + next + character + code.slice(index + 2))).toThrow()
  }
})

test.each(['', '91350100M000100Y4', '91350100M000100Y433', '91350100I000100Y43', '91350100m000100y43'])(
  '%j is none',
  (code) => {
    expect(() => creditCodeIn(code)).toThrow('credit_code_invalid')
  },
)
