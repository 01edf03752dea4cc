import { describe, expect, test } from 'vitest'
import { believedAt, rotate, type SigningKey, signingKeyAt } from './signing-key.ts'

describe('signing keys', () => {
  const AT = new Date('2026-03-02T02:00:00Z')
  const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000)
  const material = (kid: string) => ({ id: kid, companyId: 'c', kid, x: 'x', sealed: { ct: 's', keyId: 'k' } })
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
