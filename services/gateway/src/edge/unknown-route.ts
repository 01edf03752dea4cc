import { AppError } from '@saleswright/kernel'
import type { FastifyInstance } from 'fastify'

type Known = { readonly pattern: RegExp; readonly method: string }

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/:\w+/g, '[^/]+')}$`)

/**
 * 405 with what would be allowed where the path is known, 404 where it is not. To be called before any route is made, for it
 * takes note of them.
 */
export const unknownRoute = (app: FastifyInstance): void => {
  const routes: Known[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ pattern: patternOf(url), method: one })
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const allowed = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (allowed.length === 0) throw new AppError('not_found', 'route_not_found', { path })
    const methods = [...new Set(allowed)].toSorted().join(', ')
    reply.header('allow', methods)
    throw new AppError('invalid', 'method_not_allowed', { method: request.method, allowed: methods })
  })
}
