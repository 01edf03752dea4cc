import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

const AUDIENCE = 'saleswright'
const LIFE_SECONDS = 300

/** Who a test calls as. Ids are made up when they are left out; `grants` are `orders.read@subtree`. */
export type TestClaims = {
  readonly sub?: string
  readonly kind?: 'staff' | 'partner' | 'service'
  readonly companyId?: string
  readonly unitId?: string
  readonly partnerId?: string
  readonly grants?: readonly string[]
  readonly sid?: string
}

export type TestIdentity = {
  readonly issuer: string
  /** For `verifier({ issuer, jwks, clock })`. */
  readonly jwks: () => Promise<readonly JWK[]>
  /** An access token as organization would issue it; `now` for tests with a clock of their own. */
  readonly tokenFor: (claims: TestClaims, now?: Date) => Promise<string>
  /** The same without a company: for internal methods. */
  readonly serviceToken: (now?: Date) => Promise<string>
}

/** Signs tokens with a key of its own, so that a service can be tested without organization. */
export const testIdentity = async (issuer = 'saleswright'): Promise<TestIdentity> => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
  const kid = crypto.randomUUID()
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }

  const tokenFor = ({ sub = crypto.randomUUID(), ...claims }: TestClaims, now = new Date()): Promise<string> => {
    const issuedAt = Math.floor(now.getTime() / 1000)
    return new SignJWT({
      kind: 'staff',
      companyId: crypto.randomUUID(),
      grants: [],
      sid: crypto.randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid })
      .setIssuer(issuer)
      .setAudience(AUDIENCE)
      .setSubject(sub)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFE_SECONDS)
      .sign(privateKey)
  }
  return {
    issuer,
    jwks: async () => [jwk],
    tokenFor,
    serviceToken: (now) => tokenFor({ kind: 'service', companyId: '' }, now),
  }
}
