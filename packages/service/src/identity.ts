import { setTimeout as wait } from 'node:timers/promises'
import { fromBinary } from '@bufbuild/protobuf'
import { BACKOFF, type Log, persist } from '@saleswright/bus'
import { dateOf } from '@saleswright/contracts'
import type { EventLogService } from '@saleswright/contracts/saleswright/api/v1/event_log_pb.ts'
import { SessionsRevokedSchema } from '@saleswright/contracts/saleswright/organization/v1/events_pb.ts'
import { type Jwk, KeyService, TokenService } from '@saleswright/contracts/saleswright/organization/v1/token_pb.ts'
import type { Clock } from '@saleswright/kernel'
import { type Client, client, type Transport, type VerifierOptions, type Verify, verifier } from '@saleswright/rpc'
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

const READY_WITHIN_MS = 2_000

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

/** Hears of ended sessions, in every process, from organization itself: also while no broker is there (ADR 17). */
export const sessionNews = (organization: Client<typeof EventLogService>, denied: DenyList, log: Log): Part => {
  const stopping = new AbortController()
  const heard = Promise.withResolvers<void>()
  let living = Promise.resolve()
  const watch = async (cursor: string): Promise<string> => {
    const asked = { context: 'organization', type: SessionsRevokedSchema.typeName, cursor }
    const news = await organization.watchEvents(asked, { signal: stopping.signal })
    for (const { eventId, data } of news.events) deny(denied, eventId, data, log)
    heard.resolve()
    return news.cursor
  }
  const live = async (): Promise<void> => {
    let cursor = ''
    const failed = (err: unknown): void => {
      if (!stopping.signal.aborted) log.warn({ err }, 'ended sessions cannot be asked for; trying again')
    }
    while (!stopping.signal.aborted)
      cursor = (await persist(() => watch(cursor), { ...BACKOFF, failed }, stopping.signal)) ?? cursor
  }
  return {
    name: 'news of ended sessions',
    async start() {
      living = live()
      await Promise.race([heard.promise, wait(READY_WITHIN_MS, undefined, { ref: false })])
    },
    async stop() {
      stopping.abort()
      await living
    },
  }
}

const deny = (denied: DenyList, eventId: string, data: Uint8Array, log: Log): void => {
  const { subjectId, sessionId, issuedBefore } = fromBinary(SessionsRevokedSchema, data)
  denied.revoke({ subjectId, sessionId, issuedBefore: dateOf(issuedBefore) ?? new Date() })
  log.info({ subjectId, sessionId, eventId }, 'sessions were ended')
}
