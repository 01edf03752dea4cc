import { setTimeout as wait } from 'node:timers/promises'
import { fromBinary } from '@bufbuild/protobuf'
import { type Arrived, type Bus, type Log, topicOf } from '@saleswright/bus'
import { dateOf } from '@saleswright/contracts'
import { SessionsRevokedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Jwk, KeyService, TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import type { Clock } from '@saleswright/kernel'
import { client, type Transport, type VerifierOptions, type Verify, verifier } from '@saleswright/rpc'
import { type DenyList, denyList } from './deny-list.ts'
import type { Part } from './parts.ts'
import { serviceSecret } from './secrets.ts'
import { ownToken } from './service-token.ts'

export type IdentityOptions = {
  /** Where organization answers; it is asked when the first token has to be judged or made, not before. */
  readonly organization: Transport
  readonly key: Uint8Array
  readonly issuer: string
  readonly clock: Clock
  /** Instead of asking organization, where that is not there. */
  readonly jwks?: VerifierOptions['jwks'] | undefined
  readonly serviceToken?: ((service: string) => Promise<string>) | undefined
}

const READY_WITHIN_MS = 5_000

/** Whom a host believes, and what its services show. */
export type Identity = {
  readonly verify: Verify
  /** A service's own token, kept until shortly before it expires. */
  readonly tokenOf: (service: string) => () => Promise<string>
  readonly denied: DenyList
}

export const identity = ({ organization, key, issuer, clock, ...instead }: IdentityOptions): Identity => {
  const denied = denyList(clock)
  const keys = client(KeyService, organization)
  const tokens = client(TokenService, organization)
  return {
    denied,
    verify: verifier({
      issuer,
      clock,
      revoked: denied.revoked,
      jwks: instead.jwks ?? (async () => (await keys.getJwks({})).keys.map(jwkOf)),
    }),
    tokenOf: (service) => {
      const { serviceToken } = instead
      if (serviceToken) return () => serviceToken(service)
      return ownToken(() => tokens.issueServiceToken({ service, secret: serviceSecret(key, service) }), clock)
    },
  }
}

const jwkOf = ({ kty, crv, x, kid, alg, use }: Jwk) => ({ kty, crv, x, kid, alg, use })

/** Hears of ended sessions, in every process, from when it starts; without a broker it starts all the same and hears later. */
export const sessionNews = (bus: Bus, denied: DenyList, log: Log): Part => {
  let listening: ReturnType<Bus['listen']> | undefined
  return {
    name: 'news of ended sessions',
    async start() {
      listening = bus.listen({ topics: [topicOf('organization')], heard: (message) => hear(message, denied, log) })
      await Promise.race([listening.ready, wait(READY_WITHIN_MS, undefined, { ref: false })])
    },
    stop: async () => listening?.stop(),
  }
}

const hear = ({ header, value }: Arrived, denied: DenyList, log: Log): void => {
  if (header('ce_type') !== SessionsRevokedSchema.typeName) return
  const { subjectId, sessionId, issuedBefore } = fromBinary(SessionsRevokedSchema, value)
  denied.revoke({ subjectId, sessionId, issuedBefore: dateOf(issuedBefore) ?? new Date() })
  log.info({ subjectId, sessionId, eventId: header('ce_id') }, 'sessions were ended')
}
