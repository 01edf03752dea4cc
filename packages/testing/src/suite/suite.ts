import { type Clock, systemClock } from '@saleswright/kernel'
import type { Environment, ServiceDefinition } from '@saleswright/service'
import { type TestClaims, testIdentity } from '../test-identity.ts'
import { callerOf, partnerOf } from './callers.ts'
import { startHost } from './host.ts'
import { toldBy } from './told.ts'

type Circumstances = { readonly clock?: Clock; readonly config?: Environment }

/**
 * What the suite of one service starts from: the service and its peers on engines of their own until the tests of the file are
 * over, and callers whose tokens the suite signs itself, so that no organization is needed.
 */
export const openSuite = async (
  definitions: readonly ServiceDefinition[],
  { clock = systemClock, config = {} }: Circumstances = {},
) => {
  const identity = await testIdentity()
  /** The token of a service, for internal methods. */
  const serviceToken = () => identity.serviceToken(clock.now())
  const { hosted, mongo } = await startHost(definitions, { clock, config, jwks: identity.jwks, serviceToken })
  return {
    hosted,
    mongo,
    serviceToken,
    caller: (claims: TestClaims) => callerOf(identity, claims, clock.now()),
    partner: (who: Parameters<typeof partnerOf>[1], permissions: readonly string[]) =>
      partnerOf(identity, who, permissions, clock.now()),
    toldBy: (context: Parameters<typeof toldBy>[1]) => toldBy(hosted, context, serviceToken),
  }
}
