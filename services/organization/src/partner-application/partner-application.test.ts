import { describe, expect, test } from 'vitest'
import { clientSecret, fitsOne, hashSecret } from './client-secret.ts'
import { disable, goodHashes, type PartnerApplication, register, rotateSecret } from './partner-application.ts'

const AT = new Date('2026-03-02T02:00:00Z')
const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000)
const facts = { companyId: 'c1', partnerId: 'partner', name: 'ERP', clientId: 'client' }
const anApplication = (changes: Partial<PartnerApplication> = {}): PartnerApplication => ({
  ...register('a1', facts, 'first').next,
  ...changes,
})

describe('a partner application', () => {
  test('after a rotation both secrets are good for a day, then the new one alone', () => {
    const { next } = rotateSecret(anApplication(), 'second', AT)
    expect(goodHashes(next, hours(23))).toEqual(['first', 'second'])
    expect(goodHashes(next, hours(24))).toEqual(['second'])
  })

  test('rotated twice in a day, the first goes when its own day is over', () => {
    const twice = rotateSecret(rotateSecret(anApplication(), 'second', AT).next, 'third', hours(12)).next
    expect(goodHashes(twice, hours(25))).toEqual(['second', 'third'])
  })

  test('disabled has no good secret, gets no new one, and its tokens are refused', () => {
    const { next, events } = disable(anApplication(), AT)
    expect(goodHashes(next, AT)).toEqual([])
    expect(events).toMatchObject([{ disabled: true }, { subjectId: 'a1' }])
    expect(() => rotateSecret(next, 'x', AT)).toThrow(
      expect.objectContaining({ code: 'partner_application_is_disabled' }),
    )
    expect(disable(next, AT).events).toEqual([])
  })
})

describe('a client secret', () => {
  const key = Buffer.alloc(32, 1)

  test('is the same for the same version, and another for the next', () => {
    expect(clientSecret(key, 'a1', 1)).toBe(clientSecret(key, 'a1', 1))
    expect(clientSecret(key, 'a1', 2)).not.toBe(clientSecret(key, 'a1', 1))
  })

  test('fits its hash and no other', () => {
    const secret = clientSecret(key, 'a1', 1)
    expect(fitsOne([hashSecret('other'), hashSecret(secret)], secret)).toBe(true)
    expect(fitsOne([hashSecret('other')], secret)).toBe(false)
    expect(fitsOne([], secret)).toBe(false)
  })
})
