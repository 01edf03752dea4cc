import { AppError } from '@saleswright/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

type Known = { readonly segments: readonly string[]; readonly method: string }

const segmentsOf = (path: string): readonly string[] => path.split('/')

const fits = ({ segments }: Known, asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((segment, index) => (segment.startsWith(':') ? asked[index] !== '' : asked[index] === segment))

/** Takes note of every route that is made from now on. */
export const knownRoutes = (app: FastifyInstance): readonly Known[] => {
  const routes: Known[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ segments: segmentsOf(url), method: one })
  })
  return routes
}

/**
 * Where the path is known, OPTIONS is told what it takes and every other method 405; where it is not, 404. Said before anything
 * is read of a body, behind the hooks that the app has by now. No origin is ever allowed: browsers of other sites have no business here.
 */
export const refuseUnknown = (app: FastifyInstance, routes: readonly Known[]): void => {
  const refuse = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?')[0] ?? ''
    const asked = segmentsOf(decoded(path))
    const allowed = new Set(routes.filter((route) => fits(route, asked)).map(({ method }) => method))
    if (allowed.size === 0) throw new AppError('not_found', 'route_not_found', { path })
    const methods = [...allowed, 'OPTIONS'].toSorted().join(', ')
    reply.header('allow', methods)
    if (request.method === 'OPTIONS') return reply.code(204).send()
    throw new AppError('invalid', 'method_not_allowed', { method: request.method, allowed: methods })
  }
  app.addHook('onRequest', async (request, reply) => (request.is404 ? refuse(request, reply) : undefined))
  app.setNotFoundHandler(refuse)
}

/** As the router reads it: `/v1/%6frders` is `/v1/orders`, and `%2F` divides nothing. */
const decoded = (path: string): string => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
