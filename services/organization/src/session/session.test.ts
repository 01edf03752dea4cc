import { newId } from '@saleswright/kernel'
import { describe, expect, test } from 'vitest'
import { refreshTokens } from './refresh-token.ts'
import { begin, end, isOpen, renew, type Session } from './session.ts'

const AT = new Date('2026-03-02T02:00:00Z')
const DAY = 86_400_000
const later = (days: number) => new Date(AT.getTime() + days * DAY)
const session = begin('s1', 'c1', 'p1', AT)

describe('a session', () => {
  test('takes each refresh token once', () => {
    const second = renew(session, 1, AT) as Session
    expect(second.generation).toBe(2)
    expect(renew(second, 1, AT)).toBe('reused')
    expect(renew(second, 3, AT)).toBe('invalid')
  })

  test('is over when nobody renews it for a week, and after a month in any case', () => {
    expect(isOpen(session, later(6.9))).toBe(true)
    expect(isOpen(session, later(7))).toBe(false)
    let current = session
    for (let day = 5; day < 30; day += 5) current = renew(current, current.generation, later(day)) as Session
    expect(isOpen(current, later(29.9))).toBe(true)
    expect(renew(current, current.generation, later(30))).toBe('invalid')
  })

  test('that has ended is not renewed', () => expect(renew(end(session, AT), 1, AT)).toBe('invalid'))
})

/** Another text that decodes to the same bytes: the last of 43 characters carries two bits that nobody reads. */
const looseBits = (text: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return `${text.slice(0, -1)}${alphabet[alphabet.indexOf(text.at(-1) ?? '') ^ 1]}`
}

describe('a refresh token', () => {
  const tokens = refreshTokens(Buffer.alloc(32, 1))
  const token = { companyId: newId(), sessionId: newId(), generation: 7 }
  const text = tokens.issue(token)

  test('says which one it is', () => expect(tokens.read(text)).toEqual(token))

  test.each([
    ['another generation', text.replace('.7.', '.8.')],
    ['another session', text.replace(token.sessionId, newId())],
    ['another company', text.replace(token.companyId, newId())],
    ['a changed proof', `${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`],
    ['a proof with loose bits at its end', looseBits(text)],
    ['a proof that is too short', text.slice(0, -1)],
    ['no token at all', ''],
  ])('%s is none of ours', (_, forged) => expect(tokens.read(forged)).toBeUndefined())

  test('of another installation is none of ours', () => {
    expect(refreshTokens(Buffer.alloc(32, 2)).read(text)).toBeUndefined()
  })
})
