import type { Log } from '@saleswright/rpc'
import { type AnsweredRequest, nameRequestSpan } from '@saleswright/service'
import type { FastifyInstance } from 'fastify'

export type Observer = { readonly log: Log; readonly observe: (request: AnsweredRequest) => void }

/** Names the span of every request after its route, and writes its log line and its measurement when it is answered. */
export const observed = (app: FastifyInstance, { log, observe }: Observer): void => {
  app.addHook('onRequest', ({ method, routeOptions }, _, done) => {
    nameRequestSpan(method, routeOptions.url)
    done()
  })
  app.addHook('onResponse', ({ id, method, routeOptions }, reply, done) => {
    const { statusCode: status, elapsedTime: durationMs } = reply
    log.info({ requestId: id, method, route: routeOptions.url, status, durationMs }, 'request')
    observe({ method, route: routeOptions.url ?? '', status, durationMs })
    done()
  })
}
