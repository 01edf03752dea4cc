import type { IncomingHttpHeaders } from 'node:http'
import { AppError, unavailable } from '@saleswright/kernel'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Budget } from './budget.ts'
import type { Callers } from './callers.ts'
import { hasBody } from './json-body.ts'
import type { Load } from './load.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Nobody has to sign in for this route. */
    readonly public?: boolean
  }
}

/** Of a route that nobody has to sign in for: names, passwords and tokens. */
export const PUBLIC_BODY_LIMIT = 16_384

/** Undefined for a body that does not say how long it is. */
const lengthOf = (headers: IncomingHttpHeaders): number | undefined =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : undefined

/**
 * Decides before a byte of a body is read whether there is room for it: who needs a token has a good one, the body is not too long for
 * its route, and neither the caller nor everybody together holds too much. A body of unknown length counts as the longest possible.
 */
export const boundBodies = (app: FastifyInstance, callers: Callers, load: Load): void => {
  app.addHook('onRequest', async (request, reply) => {
    const { headers, routeOptions } = request
    if (!hasBody(headers)) return
    const caller = callers.of(request)
    const { bodyLimit, config } = routeOptions
    if (caller.refusal !== undefined && !config.public) throw caller.refusal
    const length = lengthOf(headers) ?? bodyLimit
    if (length > bodyLimit) throw new AppError('invalid', 'body_too_large')
    hold(caller.kind === 'stranger' ? load.strangersBodies : load.bodies, { holder: caller.id, amount: length }, reply)
  })
}

/** One upload of its caller, until it is answered. */
export const boundUploads = (app: FastifyInstance, callers: Callers, { uploads }: Load): void => {
  app.addHook('onRequest', async (request, reply) => {
    const { id, refusal } = callers.of(request)
    if (refusal !== undefined) throw refusal
    hold(uploads, { holder: id, amount: 1 }, reply)
  })
}

type Wanted = { readonly holder: string; readonly amount: number }

/** Until the answer was sent or its connection is gone. */
const hold = (budget: Budget, { holder, amount }: Wanted, { raw }: FastifyReply): void => {
  const taken = budget.take(holder, amount)
  if (taken === 'each') throw new AppError('limited', 'too_much_at_once', {}, { retryAfterSeconds: 1 })
  if (taken === 'inAll') throw unavailable('server_busy', 1)
  raw.once('close', taken)
}
