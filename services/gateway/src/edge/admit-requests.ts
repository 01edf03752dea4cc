import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Admission, Leave } from './admission.ts'

/**
 * Lets requests begin when there is a place for them. They enter when their body has been read, so that a slow sender holds no place,
 * and leave when their work is done, also where the caller has gone meanwhile.
 */
export const admitRequests = (app: FastifyInstance, { check, enter }: Admission): void => {
  const entered = new WeakMap<FastifyRequest, Leave>()
  app.addHook('onRequest', async ({ callerId }) => check(callerId))
  app.addHook('preHandler', async (request, reply) => {
    const gone = new AbortController()
    const leave = () => gone.abort()
    reply.raw.once('close', leave)
    entered.set(request, await enter(request.callerId, gone.signal))
    reply.raw.off('close', leave)
  })
  app.addHook('onSend', async (request) => entered.get(request)?.(request.method !== 'GET'))
}
