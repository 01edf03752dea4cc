import { importJWK, type JWK, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { testIdentity } from './test-identity.ts'

test('a token is signed with the key that the identity shows, and says who calls', async () => {
  const identity = await testIdentity()
  const [jwk] = await identity.jwks()
  const token = await identity.tokenFor({ sub: 'p1', companyId: 'c1', grants: ['orders.read@self'] })
  const { payload } = await jwtVerify(token, await importJWK(jwk as JWK, 'EdDSA'), { issuer: identity.issuer })
  expect(payload).toMatchObject({ sub: 'p1', kind: 'staff', companyId: 'c1', grants: ['orders.read@self'] })
})

test('the token of another identity does not pass', async () => {
  const [one, other] = await Promise.all([testIdentity(), testIdentity()])
  const [jwk] = await one.jwks()
  const verified = jwtVerify(await other.tokenFor({}), await importJWK(jwk as JWK, 'EdDSA'))
  await expect(verified).rejects.toThrow('signature verification failed')
})
