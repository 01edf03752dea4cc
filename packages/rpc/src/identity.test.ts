import { generateKeyPairSync } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { beforeEach, expect, test, vi } from 'vitest'
import { actorOf, type Claims, claimsOf, sign, verifier } from './index.ts'

const ISSUER = 'https://saleswright.test'
const CLAIMS: Claims = {
  sub: 'clerk',
  kind: 'staff',
  companyId: 'acme',
  unitId: 'north',
  grants: ['orders.read@subtree', 'orders.ship@self'],
  sid: 's1',
}
const keyPair = async (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } }
}
const [first, second] = await Promise.all([keyPair('first'), keyPair('second')])

let now = new Date('2017-03-01T08:00:00Z')
const clock = { now: () => now }
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}
const signed = (claims: Partial<Claims> = {}, key = first, issuer = ISSUER) =>
  sign({ ...CLAIMS, ...claims }, key, { issuer, now, expiresInSeconds: 300 })
const refusedAs = (code: string) => expect.objectContaining({ code })

beforeEach(() => {
  now = new Date('2017-03-01T08:00:00Z')
})

test('a token says who calls', async () => {
  const verify = verifier({ issuer: ISSUER, jwks: async () => [first.jwk], clock })
  const token = await signed()
  expect(await verify(token)).toEqual({
    id: 'clerk',
    kind: 'staff',
    companyId: 'acme',
    unitId: 'north',
    grants: new Map([
      ['orders.ship', 'self'],
      ['orders.read', 'subtree'],
    ]),
  })
  expect(claimsOf(token)).toMatchObject(CLAIMS)
})

test('a token is good until it expires, also when it is remembered', async () => {
  const verify = verifier({ issuer: ISSUER, jwks: async () => [first.jwk], clock })
  const token = await signed()
  await verify(token)
  pass(299)
  await expect(verify(token)).resolves.toMatchObject({ id: 'clerk' })
  pass(62)
  await expect(verify(token)).rejects.toEqual(refusedAs('token_expired'))
})

test('an ended session is refused at once, also when its token is remembered', async () => {
  const ended = new Set<string>()
  const revoked = vi.fn((_: string, sessionId: string) => ended.has(sessionId))
  const verify = verifier({ issuer: ISSUER, jwks: async () => [first.jwk], clock, revoked })
  const token = await signed()
  await verify(token)
  expect(revoked).toHaveBeenCalledWith('clerk', 's1', now)
  ended.add('s1')
  await expect(verify(token)).rejects.toEqual(refusedAs('session_revoked'))
})

test('a key that nobody knows yet is asked for, at most every ten seconds', async () => {
  const published = [first.jwk]
  const jwks = vi.fn(async () => [...published])
  const verify = verifier({ issuer: ISSUER, jwks, clock })
  await verify(await signed())
  const rotated = await signed({}, second)
  published.push(second.jwk)
  await expect(verify(rotated)).rejects.toEqual(refusedAs('token_invalid'))
  expect(jwks).toHaveBeenCalledTimes(1)
  pass(11)
  await Promise.all([verify(rotated), verify(await signed({ sub: 'other' }, second))])
  expect(jwks).toHaveBeenCalledTimes(2)
})

test('keys that cannot be had are no fault of the caller', async () => {
  const jwks = vi.fn(async () => Promise.reject(new Error('connection refused')))
  const verify = verifier({ issuer: ISSUER, jwks, clock })
  await expect(verify(await signed())).rejects.toEqual(
    expect.objectContaining({ kind: 'unavailable', code: 'keys_unavailable' }),
  )
})

const raw = (header: { alg: string; kid?: string }, claims: object = {}) =>
  new SignJWT({
    ...CLAIMS,
    iss: ISSUER,
    aud: 'saleswright',
    iat: now.getTime() / 1000,
    exp: now.getTime() / 1000 + 60,
    ...claims,
  }).setProtectedHeader(header)

test.each([
  ['of another issuer', () => signed({}, first, 'https://elsewhere.test')],
  ['for another audience', () => raw({ alg: 'EdDSA', kid: 'first' }, { aud: 'other' }).sign(first.privateKey)],
  ['that never expires', () => raw({ alg: 'EdDSA', kid: 'first' }, { exp: undefined }).sign(first.privateKey)],
  [
    'signed with a shared secret',
    () => raw({ alg: 'HS256', kid: 'first' }).sign(new TextEncoder().encode(first.jwk.x ?? '')),
  ],
  ['without a key id', () => raw({ alg: 'EdDSA' }).sign(first.privateKey)],
  ['signed by another key of that name', () => signed({}, { ...second, kid: 'first' })],
  ['of an unknown kind', () => signed({ kind: 'admin' as 'staff' })],
  ['of staff without a company', () => signed({ companyId: '' })],
  ['of a partner without a partner id', () => signed({ kind: 'partner' })],
  ['with a grant of unknown reach', () => signed({ grants: ['orders.read@galaxy'] })],
])('a token %s is refused', async (_, tokenOf) => {
  const verify = verifier({ issuer: ISSUER, jwks: async () => [first.jwk], clock })
  await expect(verify(await tokenOf())).rejects.toEqual(refusedAs('token_invalid'))
})

test('of two grants of one permission the wider holds, and one over what the actor lacks opens nothing', () => {
  const grants = ['orders.read@company', 'orders.read@self', 'orders.ship@partner']
  expect(actorOf({ ...CLAIMS, grants }).grants).toEqual(new Map([['orders.read', 'company']]))
  expect(actorOf({ ...CLAIMS, unitId: undefined, grants: ['orders.read@team'] }).grants).toEqual(new Map())
})
