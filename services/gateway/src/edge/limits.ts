import { AppError } from '@saleswright/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Callers } from './callers.ts'
import type { RateLimiter, RatePolicy } from './rate-limit.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whom a request counts for: a partner, a person, or the address of a stranger. */
    callerId: string
  }
}

/** By who calls; requests a minute, and how many at once. */
type Policies = Readonly<Record<Caller['kind'], RatePolicy>>

export const policiesOf = (perMinute: number): Policies => ({
  partner: { name: 'partner', perMinute, burst: Math.ceil(perMinute / 10) },
  staff: { name: 'staff', perMinute: perMinute * 2, burst: Math.ceil(perMinute / 5) },
  // Sign-in and tokens: guessing passwords must not pay, whatever the account does by itself.
  stranger: { name: 'anonymous', perMinute: Math.ceil(perMinute / 10), burst: Math.ceil(perMinute / 20) },
})

/** Takes a token of the caller's bucket before anything is read of the body, and says in the headers how many are left. */
export const limitRate =
  (limiter: RateLimiter, policies: Policies, callers: Callers) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { id, kind } = callers.of(request)
    const policy = policies[kind]
    request.callerId = `${policy.name}|${id}`
    reply.header('ratelimit-policy', `"${policy.name}";q=${policy.perMinute};w=60`)
    const { allowed, remaining, resetSeconds } = limiter.take(id, policy)
    reply.header('ratelimit', `"${policy.name}";r=${remaining};t=${resetSeconds}`)
    if (allowed) return
    const params = { seconds: String(resetSeconds) }
    throw new AppError('limited', 'rate_limited', params, { retryAfterSeconds: resetSeconds })
  }
