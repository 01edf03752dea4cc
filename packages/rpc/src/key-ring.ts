import { AppError, type Clock, steady, unauthenticated, unavailable } from '@saleswright/kernel'
import { type CryptoKey, importJWK, type JWK } from 'jose'

const REFETCH_MS = 10_000

/** Public keys by id. An unknown id asks for the keys again, at most every 10 s and once at a time. */
export const keyRing = (jwks: () => Promise<readonly JWK[]>, clock: Clock) => {
  const elapsed = steady(clock)
  let keys: ReadonlyMap<string, CryptoKey> = new Map()
  let fetchedAt: number | undefined
  let under: Promise<void> | undefined

  const fetchKeys = async (): Promise<void> => {
    try {
      const usable = (await jwks()).filter(({ kty, crv, kid }) => kty === 'OKP' && crv === 'Ed25519' && kid)
      keys = new Map(await Promise.all(usable.map(async (jwk) => [jwk.kid ?? '', await publicKey(jwk)] as const)))
      fetchedAt = elapsed()
    } catch (cause) {
      throw cause instanceof AppError && cause.kind === 'unavailable'
        ? cause
        : unavailable('keys_unavailable', 1, { cause })
    } finally {
      under = undefined
    }
  }

  return async (kid: string): Promise<CryptoKey> => {
    const fresh = fetchedAt !== undefined && elapsed() - fetchedAt < REFETCH_MS
    if (!keys.has(kid) && !fresh) {
      under ??= fetchKeys()
      await under
    }
    const key = keys.get(kid)
    if (!key) throw unauthenticated('token_invalid')
    return key
  }
}

const publicKey = async (jwk: JWK): Promise<CryptoKey> => {
  const key = await importJWK(jwk, 'EdDSA')
  if (key instanceof Uint8Array) throw new Error(`The key ${jwk.kid} is no public key`)
  return key
}
