import type { FastifyInstance } from 'fastify'

/** What an answer is must not be guessed, kept, framed or run; pages say themselves what may run in them (`docs.ts`). */
export const EVERY_ANSWER = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
}

/** Gives every answer its headers and the id of its request. */
export const everyAnswer = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(EVERY_ANSWER).header('x-request-id', request.id)
    const { traceparent } = request.headers
    if (typeof traceparent === 'string' && TRACEPARENT.test(traceparent)) reply.header('traceparent', traceparent)
    done()
  })
}

const TRACEPARENT = /^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/
