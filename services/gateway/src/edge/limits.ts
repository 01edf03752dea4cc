import { type Actor, AppError } from '@saleswright/kernel'
import { tokenIn, type Verify } from '@saleswright/rpc'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RateLimiter, RatePolicy } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom a request counts for: a partner, a person, or the address of a stranger. */
    callerId: string
  }
}

/** By who calls; requests a minute, and how many at once. */
type Policies = { readonly partner: RatePolicy; readonly staff: RatePolicy; readonly anonymous: RatePolicy }

export const policiesOf = (perMinute: number): Policies => ({
  partner: { name: 'partner', perMinute, burst: Math.ceil(perMinute / 10) },
  staff: { name: 'staff', perMinute: perMinute * 2, burst: Math.ceil(perMinute / 5) },
  // Sign-in and tokens: guessing passwords must not pay, whatever the account does by itself.
  anonymous: { name: 'anonymous', perMinute: Math.ceil(perMinute / 10), burst: Math.ceil(perMinute / 20) },
})

type Caller = { readonly id: string; readonly policy: RatePolicy }

/**
 * Takes a token of the caller's bucket before anything is read of the body, and says in the headers how many are left. A token
 * that cannot be verified counts for the address it comes from; the service refuses it afterwards.
 */
export const limitRate = (limiter: RateLimiter, policies: Policies, verify: Verify) => {
  const callerOf = (actor: Actor): Caller => ({
    id: actor.partnerId ?? actor.id,
    policy: actor.kind === 'partner' ? policies.partner : policies.staff,
  })
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const token = tokenIn(request.headers.authorization)
    const actor = token ? await verify(token).catch(() => undefined) : undefined
    const { id, policy } = actor ? callerOf(actor) : { id: request.ip, policy: policies.anonymous }
    request.callerId = `${policy.name}|${id}`
    reply.header('ratelimit-policy', `"${policy.name}";q=${policy.perMinute};w=60`)
    const { allowed, remaining, resetSeconds } = limiter.take(id, policy)
    reply.header('ratelimit', `"${policy.name}";r=${remaining};t=${resetSeconds}`)
    if (allowed) return
    const params = { seconds: String(resetSeconds) }
    throw new AppError('limited', 'rate_limited', params, { retryAfterSeconds: resetSeconds })
  }
}
