import { describe, expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'
import { believedAt, rotate, type SigningKey, signingKeyAt } from './signing-key.ts'

describe('a seal', () => {
  const secret = Buffer.alloc(32, 1)
  const sealed = seal(secret, 'the private half', 'kid')

  test('opens with its key for what it belongs to', () => {
    expect(unseal(secret, sealed, 'kid')).toBe('the private half')
    expect(sealed).not.toBe(seal(secret, 'the private half', 'kid'))
  })

  test.each([
    ['another key', Buffer.alloc(32, 2), sealed, 'kid'],
    ['another owner', secret, sealed, 'other'],
    ['a changed byte', secret, `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`, 'kid'],
    ['a cut', secret, sealed.slice(0, -6), 'kid'],
  ])('does not open with %s', (_, key, text, owner) => expect(() => unseal(key, text, owner)).toThrow())
})

describe('signing keys', () => {
  const AT = new Date('2026-03-02T02:00:00Z')
  const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000)
  const material = (kid: string) => ({ id: kid, companyId: 'c', kid, x: 'x', sealed: 's' })
  const keys: SigningKey[] = [rotate([], material('one'), AT).next]
  keys.push(rotate(keys, material('two'), after(1000)).next)

  test.each([
    [-10, 'one', 'one two'],
    [0, 'one', 'one two'],
    [1029, 'one', 'one two'],
    [1030, 'two', 'one two'],
    [1030 + 300, 'two', 'one two'],
    [1030 + 420, 'two', 'two'],
  ])('after %i s %s signs, and %s are believed', (seconds, signer, believed) => {
    expect(signingKeyAt(keys, after(seconds))?.kid).toBe(signer)
    expect(
      believedAt(keys, after(seconds))
        .map(({ kid }) => kid)
        .join(' '),
    ).toBe(believed)
  })
})
