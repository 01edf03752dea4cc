import type { KeyObject } from 'node:crypto'
import { type Actor, type Clock, REACHES, type Reach, unauthenticated } from '@saleswright/kernel'
import { type CryptoKey, decodeJwt, errors, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { keyRing } from './key-ring.ts'

const AUDIENCE = 'saleswright'
const SKEW_SECONDS = 30
const REMEMBERED = 10_000

/** What a token says (decisions 2). */
export type Claims = {
  readonly sub: string
  readonly kind: Actor['kind']
  /** Empty for a service. */
  readonly companyId: string
  readonly unitId?: string | undefined
  readonly partnerId?: string | undefined
  /** `orders.read@subtree` */
  readonly grants: readonly string[]
  /** The session; what is revoked. */
  readonly sid: string
}

/** The actor of a token, or `token_invalid`, `token_expired`, `session_revoked`; `keys_unavailable` when nobody can say. */
export type Verify = (token: string) => Promise<Actor>

type Verified = { readonly actor: Actor; readonly sid: string; readonly issuedAt: Date; readonly expiresAt: number }

export type VerifierOptions = {
  readonly issuer: string
  readonly jwks: () => Promise<readonly JWK[]>
  readonly clock: Clock
  readonly revoked?: ((actorId: string, sessionId: string, issuedAt: Date) => boolean) | undefined
}

/** Verifies EdDSA tokens of one issuer. Verified ones are remembered until they expire; whether they are revoked is asked at every call. */
export const verifier = ({ issuer, jwks, clock, revoked }: VerifierOptions): Verify => {
  const keyOf = keyRing(jwks, clock)
  const remembered = new LRUCache<string, Verified>({ max: REMEMBERED })

  const check = async (token: string): Promise<Verified> => {
    if (!token.split('.').every(isBase64Url)) throw unauthenticated('token_invalid')
    const options = {
      issuer,
      audience: AUDIENCE,
      algorithms: ['EdDSA'],
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: SKEW_SECONDS,
      currentDate: clock.now(),
    }
    const { payload } = await jwtVerify(token, (header: { kid?: string }) => keyOf(header.kid ?? ''), options).catch(
      refuse,
    )
    const claims = claimsFrom(payload)
    const { iat = 0, exp = 0 } = payload
    const verified = { actor: actorOf(claims), sid: claims.sid, issuedAt: new Date(iat * 1000), expiresAt: exp * 1000 }
    remembered.set(token, verified)
    return verified
  }

  return async (token) => {
    const known = remembered.get(token)
    const fresh = known && clock.now().getTime() < known.expiresAt
    const { actor, sid, issuedAt } = fresh ? known : await check(token)
    if (revoked?.(actor.id, sid, issuedAt)) throw unauthenticated('session_revoked')
    return actor
  }
}

/** As it is written by whoever writes it rightly: the decoder takes other alphabets, padding and loose bits at the end as well. */
const isBase64Url = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part

const refuse = (error: unknown): never => {
  if (error instanceof errors.JWTExpired) throw unauthenticated('token_expired')
  if (error instanceof errors.JOSEError) throw unauthenticated('token_invalid')
  throw error
}

const isReach = (text: string): text is Reach => REACHES.some((reach) => reach === text)
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

const claimsFrom = ({ sub, kind, companyId, unitId, partnerId, grants, sid }: JWTPayload): Claims => {
  if (kind !== 'staff' && kind !== 'partner' && kind !== 'service') throw unauthenticated('token_invalid')
  const claims = {
    sub: textOf(sub) ?? '',
    kind,
    companyId: textOf(companyId) ?? '',
    unitId: textOf(unitId),
    partnerId: textOf(partnerId),
    grants: Array.isArray(grants) ? grants.map(String) : [],
    sid: textOf(sid) ?? '',
  } satisfies Claims
  const homeless = kind !== 'service' && !claims.companyId
  if (!claims.sub || homeless || (kind === 'partner' && !claims.partnerId)) throw unauthenticated('token_invalid')
  return claims
}

/** The actor that claims describe. Of two grants of one permission the wider one holds. */
export const actorOf = ({ sub, kind, companyId, unitId, partnerId, grants }: Claims): Actor => ({
  id: sub,
  kind,
  companyId,
  ...(unitId && { unitId }),
  ...(partnerId && { partnerId }),
  grants: new Map(
    grants
      .map(grantOf)
      .filter(([, reach]) => isPossible(reach, { unitId, partnerId }))
      .toSorted(([, left], [, right]) => REACHES.indexOf(left) - REACHES.indexOf(right)),
  ),
})

const grantOf = (grant: string): readonly [string, Reach] => {
  const [permission = '', reach = ''] = grant.split('@')
  if (!permission || !isReach(reach)) throw unauthenticated('token_invalid')
  return [permission, reach]
}

/** A grant over the own unit or the own partner opens nothing for somebody who has none. */
const isPossible = (reach: Reach, { unitId, partnerId }: Pick<Claims, 'unitId' | 'partnerId'>): boolean =>
  reach === 'partner' ? Boolean(partnerId) : reach === 'team' || reach === 'subtree' ? Boolean(unitId) : true

/** Reads a token that was verified before, `call.token`; it checks no signature. */
export const claimsOf = (token: string): Claims => claimsFrom(decodeJwt(token))

type SigningKey = { readonly kid: string; readonly privateKey: CryptoKey | KeyObject }
type SignOptions = { readonly issuer: string; readonly now: Date; readonly expiresInSeconds: number }

export const sign = (
  { sub, ...claims }: Claims,
  { kid, privateKey }: SigningKey,
  options: SignOptions,
): Promise<string> => {
  const now = Math.floor(options.now.getTime() / 1000)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
    .setIssuer(options.issuer)
    .setAudience(AUDIENCE)
    .setSubject(sub)
    .setIssuedAt(now)
    .setExpirationTime(now + options.expiresInSeconds)
    .sign(privateKey)
}
